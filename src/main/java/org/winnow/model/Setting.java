package org.winnow.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of an options record as a configuration key. The key is the component's name in snake case;
 * {@code --help} and the reading of configuration files are both made from this.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** What the value means, in one sentence. */
    String value();

    /** The default as HOCON; empty: the key has to be given. */
    String byDefault() default "";

    /** The unit of a number; empty where it has none. */
    String unit() default "";
}
