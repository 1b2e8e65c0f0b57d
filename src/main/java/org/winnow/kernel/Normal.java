package org.winnow.kernel;

/**
 * The error function and the standard normal distribution, to the last digits of double precision.
 *
 * <p>erf and erfc are the rational approximations of fdlibm (Sun Microsystems 1993); the quantile is algorithm AS 241
 * (Wichura 1988, PPND16, relative error about 1e-16).
 */
public final class Normal {
    private static final double DENSITY_AT_ZERO = 0.3989422804014327;
    private static final double ERF_SLOPE_AT_ZERO = 1.1283791670955126;
    private static final double ERF_OF_ONE_ROUNDED = 0.8450629115104675;

    private static final double[] ERF_NEAR_ZERO = {
        0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5
    };
    private static final double[] ERF_NEAR_ZERO_DIVISOR = {
        1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6
    };
    private static final double[] ERF_NEAR_ONE = {
        -0.0023621185607526594,
        0.41485611868374833,
        -0.3722078760357013,
        0.31834661990116175,
        -0.11089469428239668,
        0.035478304325618236,
        -0.002166375594868791
    };
    private static final double[] ERF_NEAR_ONE_DIVISOR = {
        1,
        0.10642088040084423,
        0.540397917702171,
        0.07182865441419627,
        0.12617121980876164,
        0.01363708391202905,
        0.011984499846799107
    };
    private static final double[] ERFC_MIDDLE = {
        -0.009864944034847148,
        -0.6938585727071818,
        -10.558626225323291,
        -62.375332450326006,
        -162.39666946257347,
        -184.60509290671104,
        -81.2874355063066,
        -9.814329344169145
    };
    private static final double[] ERFC_MIDDLE_DIVISOR = {
        1,
        19.651271667439257,
        137.65775414351904,
        434.56587747522923,
        645.3872717332679,
        429.00814002756783,
        108.63500554177944,
        6.570249770319282,
        -0.0604244152148581
    };
    private static final double[] ERFC_TAIL = {
        -0.0098649429247001,
        -0.799283237680523,
        -17.757954917754752,
        -160.63638485582192,
        -637.5664433683896,
        -1025.0951316110772,
        -483.5191916086514
    };
    private static final double[] ERFC_TAIL_DIVISOR = {
        1,
        30.33806074348246,
        325.7925129965739,
        1536.729586084437,
        3199.8582195085955,
        2553.0504064331644,
        474.52854120695537,
        -22.44095244658582
    };

    private static final double[] QUANTILE_CENTRE = {
        3.3871328727963665,
        133.14166789178438,
        1971.5909503065513,
        13731.69376550946,
        45921.95393154987,
        67265.7709270087,
        33430.57558358813,
        2509.0809287301227
    };
    private static final double[] QUANTILE_CENTRE_DIVISOR = {
        1,
        42.31333070160091,
        687.1870074920579,
        5394.196021424751,
        21213.794301586597,
        39307.89580009271,
        28729.085735721943,
        5226.495278852854
    };
    private static final double[] QUANTILE_MIDDLE = {
        1.4234371107496835,
        4.630337846156546,
        5.769497221460691,
        3.6478483247632045,
        1.2704582524523684,
        0.2417807251774506,
        0.022723844989269184,
        0.0007745450142783414
    };
    private static final double[] QUANTILE_MIDDLE_DIVISOR = {
        1,
        2.053191626637759,
        1.6763848301838038,
        0.6897673349851,
        0.14810397642748008,
        0.015198666563616457,
        0.0005475938084995345,
        1.0507500716444169e-9
    };
    private static final double[] QUANTILE_TAIL = {
        6.657904643501103,
        5.463784911164114,
        1.7848265399172913,
        0.29656057182850487,
        0.026532189526576124,
        0.0012426609473880784,
        2.7115555687434876e-5,
        2.0103343992922881e-7
    };
    private static final double[] QUANTILE_TAIL_DIVISOR = {
        1,
        0.599832206555888,
        0.1369298809227358,
        0.014875361290850615,
        0.0007868691311456133,
        1.8463183175100548e-5,
        1.421511758316446e-7,
        2.0442631033899397e-15
    };

    private Normal() {}

    /** {@code 2/sqrt(pi)} times the integral of {@code e^-t²} from 0 to x. */
    public static double erf(double x) {
        double size = Math.abs(x);
        if (size < 0.84375) {
            double z = x * x;
            return x + x * ratio(ERF_NEAR_ZERO, ERF_NEAR_ZERO_DIVISOR, z);
        }
        if (size < 1.25) {
            double z = size - 1;
            return Math.copySign(ERF_OF_ONE_ROUNDED + ratio(ERF_NEAR_ONE, ERF_NEAR_ONE_DIVISOR, z), x);
        }
        return size < 6 ? Math.copySign(1 - upperErfc(size), x) : Math.signum(x);
    }

    /** The slope of {@link #erf}, {@code 2/sqrt(pi) * e^-x²}. */
    public static double erfSlope(double x) {
        return ERF_SLOPE_AT_ZERO * Math.exp(-x * x);
    }

    /** {@code 1 - erf(x)}, without the cancellation. */
    public static double erfc(double x) {
        if (x < 1.25) {
            return 1 - erf(x);
        }
        return x < 28 ? upperErfc(x) : 0;
    }

    /** The standard normal density. */
    public static double density(double x) {
        return DENSITY_AT_ZERO * Math.exp(-x * x / 2);
    }

    /** The standard normal distribution function, whose slope is {@link #density}. */
    public static double cdf(double x) {
        return erfc(-x * Math.sqrt(0.5)) / 2;
    }

    /**
     * The inverse of {@link #cdf}, for p in the open (0, 1). The same bits on every machine: logarithms and roots are the
     * strict ones.
     */
    public static double quantile(double p) {
        double fromCentre = p - 0.5;
        if (Math.abs(fromCentre) <= 0.425) {
            return fromCentre * ratio(QUANTILE_CENTRE, QUANTILE_CENTRE_DIVISOR, 0.180625 - fromCentre * fromCentre);
        }
        double r = Math.sqrt(-StrictMath.log(Math.min(p, 1 - p)));
        double size = r <= 5
                ? ratio(QUANTILE_MIDDLE, QUANTILE_MIDDLE_DIVISOR, r - 1.6)
                : ratio(QUANTILE_TAIL, QUANTILE_TAIL_DIVISOR, r - 5);
        return Math.copySign(size, fromCentre);
    }

    /** erfc for x >= 1.25; the exponent is split so that rounding x² costs no digits. */
    private static double upperErfc(double x) {
        double s = 1 / (x * x);
        double exponent =
                x < 1 / 0.35 ? ratio(ERFC_MIDDLE, ERFC_MIDDLE_DIVISOR, s) : ratio(ERFC_TAIL, ERFC_TAIL_DIVISOR, s);
        double head = Double.longBitsToDouble(Double.doubleToRawLongBits(x) & 0xffffffff00000000L);
        return Math.exp(-head * head - 0.5625) * Math.exp((head - x) * (head + x) + exponent) / x;
    }

    private static double ratio(double[] numerator, double[] denominator, double x) {
        return polynomial(numerator, x) / polynomial(denominator, x);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }
}
