package org.winnow.ml;

import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.winnow.check.UserError;

/**
 * Faults of users as Spark's own stages have them: an {@link IllegalArgumentException} with a sentence, in the words of params
 * where the rooms below speak of configuration keys. PySpark knows that class, and shows the sentence alone.
 */
final class Words {
    private static final int MOST_CAUSES = 20;
    private static final Pattern KEY =
            Pattern.compile("\\b(data|gates|network|train|select|prune|dense|finetune)\\.([a-z][a-z_]*[a-z])\\b");
    private static final Map<String, String> OTHERWISE = Map.of(
            "data.label", "labelCol",
            "data.missing", "handleInvalid",
            "prune.layers", "prunedLayers",
            "prune.thresholds", "pruneThresholds",
            "dense.epochs", "denseEpochs",
            "dense.learning_rate", "denseLearningRate",
            "finetune.epochs", "finetuneEpochs",
            "finetune.learning_rate", "finetuneLearningRate",
            "dense.learning_rate_schedule", "denseLearningRateSchedule",
            "finetune.learning_rate_schedule", "finetuneLearningRateSchedule");

    private Words() {}

    /**
     * Does what may be a user's fault.
     *
     * @throws IllegalArgumentException in the words of params, also where a task found it
     */
    static <T> T ofParams(Supplier<T> work) {
        return said(work, Words::ofParams);
    }

    /**
     * Does what may be a user's fault in something other than params.
     *
     * @throws IllegalArgumentException as it is said
     */
    static <T> T asSaid(Supplier<T> work) {
        return said(work, message -> message);
    }

    private static <T> T said(Supplier<T> work, UnaryOperator<String> words) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            UserError found = Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                    .limit(MOST_CAUSES)
                    .filter(UserError.class::isInstance)
                    .map(UserError.class::cast)
                    .findFirst()
                    .orElseThrow(() -> e);
            throw new IllegalArgumentException(words.apply(found.getMessage()), e);
        }
    }

    /**
     * Makes the options of a section.
     *
     * @throws UserError in the words of params if they do not fit together
     */
    static <T> T ofSection(String section, Supplier<T> options) {
        try {
            return options.get();
        } catch (IllegalArgumentException e) {
            throw new UserError(ofParams(section + "." + e.getMessage()), e);
        }
    }

    static String ofParams(String message) {
        return KEY.matcher(message).replaceAll(key -> OTHERWISE.getOrDefault(key.group(), camel(key.group(2))));
    }

    private static String camel(String snake) {
        return Pattern.compile("_(.)")
                .matcher(snake)
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }
}
