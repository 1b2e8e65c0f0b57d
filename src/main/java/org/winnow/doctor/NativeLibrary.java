package org.winnow.doctor;

/** ND4J's library has to be there for this platform, be unpacked, and compute. */
final class NativeLibrary implements Examination {
    @Override
    public Finding of(Environment environment) {
        return environment.nativeFault().isEmpty()
                ? Finding.ok("native library: computes")
                : Finding.failure(
                        "native library: " + environment.nativeFault(),
                        "it needs Linux on x86-64 with glibc (build on another platform for that one), and some 400 MB"
                                + " where org.bytedeco.javacpp.cachedir, or else ~/.javacpp, is");
    }
}
