package org.winnow.contract;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.winnow.operator.Convolution;
import org.winnow.operator.Operator;
import org.winnow.operator.Window;
import org.winnow.sparsifier.Sparsifier;

/** Instances of every operator and sparsifier of ours on the class path, that of the tests included. */
public final class ClassScan {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("org.winnow");
    private static final int[] SIZES = {4, 2, 3};
    private static final List<int[]> KERNELS = List.of(new int[] {2}, new int[] {2, 1}, new int[] {1, 2, 2});

    private ClassScan() {}

    /**
     * Operators made by all public constructors that take nothing but sizes, lists of sizes, flags and real operators; and
     * convolutions with all that their windows can have.
     */
    public static List<Operator> operators() {
        List<Operator> real = new ArrayList<>(List.of(
                new Convolution(4, 6, 2, List.of(new Window(3, 2, 1, 2))),
                new Convolution(2, 4, 2, List.of(new Window(2, 1, 1, 1), new Window(3, 2, 2, 1)))));
        List<Operator> wrapping = new ArrayList<>();
        forEachConstructor(false, constructor -> real.addAll(made(constructor, real.get(0))));
        forEachConstructor(true, constructor -> real.forEach(base -> wrapping.addAll(made(constructor, base))));
        return Stream.concat(real.stream(), wrapping.stream()).distinct().toList();
    }

    /** Each sparsifier by its constructor without arguments, and with each of its choices changed, one at a time. */
    public static List<Sparsifier> sparsifiers() {
        List<Sparsifier> all = new ArrayList<>();
        for (Class<? extends Sparsifier> type : implementations(Sparsifier.class)) {
            for (Object variant : variants(plain(type))) {
                all.add(type.cast(variant));
            }
        }
        return all;
    }

    /** The classes, not interfaces, that implement one of ours. */
    public static <T> List<Class<? extends T>> implementations(Class<T> type) {
        return CLASSES.stream()
                .filter(found -> found.isAssignableTo(type) && !found.isInterface())
                .filter(found -> !found.getModifiers().contains(JavaModifier.ABSTRACT))
                .sorted(Comparator.comparing(JavaClass::getName))
                .<Class<? extends T>>map(found -> found.reflect().asSubclass(type))
                .toList();
    }

    private static void forEachConstructor(boolean wraps, Consumer<Constructor<?>> action) {
        for (Class<? extends Operator> type : implementations(Operator.class)) {
            for (Constructor<?> constructor : type.getConstructors()) {
                if (wraps == Arrays.asList(constructor.getParameterTypes()).contains(Operator.class)) {
                    action.accept(constructor);
                }
            }
        }
    }

    private static List<Operator> made(Constructor<?> constructor, Operator base) {
        List<Operator> operators = new ArrayList<>();
        for (int[] kernel : KERNELS) {
            for (boolean flag : new boolean[] {false, true}) {
                List<Object> arguments = new ArrayList<>();
                for (Class<?> parameter : constructor.getParameterTypes()) {
                    if (parameter == int.class) {
                        arguments.add(SIZES[arguments.size()]);
                    } else if (parameter == int[].class) {
                        arguments.add(kernel);
                    } else if (parameter == boolean.class) {
                        arguments.add(flag);
                    } else if (parameter == Operator.class) {
                        arguments.add(base);
                    } else {
                        return List.of();
                    }
                }
                try {
                    operators.add((Operator) constructor.newInstance(arguments.toArray()));
                } catch (InvocationTargetException e) {
                    if (!(e.getCause() instanceof IllegalArgumentException)) {
                        throw new IllegalStateException(e);
                    }
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return operators.stream().distinct().toList();
    }

    private static Object plain(Class<?> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " needs a public constructor without arguments", e);
        }
    }

    /** A record, and copies of it with one component changed, down into components that are records. */
    private static List<Object> variants(Object original) {
        List<Object> all = new ArrayList<>(List.of(original));
        RecordComponent[] components = original.getClass().getRecordComponents();
        for (int i = 0; components != null && i < components.length; i++) {
            for (Object alternative : alternatives(components[i].getType(), value(components[i], original))) {
                Object[] values = Arrays.stream(components)
                        .map(component -> value(component, original))
                        .toArray();
                values[i] = alternative;
                try {
                    Class<?>[] types = Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
                    all.add(original.getClass().getDeclaredConstructor(types).newInstance(values));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return all.stream().distinct().toList();
    }

    private static List<Object> alternatives(Class<?> type, Object value) {
        if (type.isEnum()) {
            return List.of(type.getEnumConstants());
        }
        if (type == boolean.class) {
            return List.of(true, false);
        }
        if (type.isInterface() && type.getName().startsWith("org.winnow.")) {
            return implementations(type).stream().map(ClassScan::plain).toList();
        }
        return value instanceof Record ? variants(value) : List.of();
    }

    private static Object value(RecordComponent component, Object original) {
        try {
            return component.getAccessor().invoke(original);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
