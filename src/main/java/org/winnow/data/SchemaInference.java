package org.winnow.data;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.winnow.check.UserError;
import org.winnow.data.read.Numbers;
import org.winnow.data.read.RowFault;
import org.winnow.data.read.Source;

/** Decides from a profile what each column is. */
final class SchemaInference {
    private static final int MOST_WHOLE_NUMBERS_AS_CLASSES = 20;

    private final Source source;
    private final Profile profile;
    private final DataOptions options;

    private SchemaInference(Source source, Profile profile, DataOptions options) {
        this.source = source;
        this.profile = profile;
        this.options = options;
    }

    /**
     * The schema of all columns that are not ignored.
     *
     * @throws UserError if a column is neither, or the label says nothing
     */
    static Schema infer(Source source, Profile profile, DataOptions options) {
        SchemaInference inference = new SchemaInference(source, profile, options);
        Task task = inference.task();
        List<String> classes = task == Task.CLASSIFICATION ? inference.classes() : List.of();
        inference.requireVaryingLabel();
        return new Schema(inference.features(), source.label(), task, classes);
    }

    private Task task() {
        if (options.task() == Task.CLASSIFICATION) {
            return Task.CLASSIFICATION;
        }
        if (profile.text(0).isPresent()) {
            if (options.task() == Task.REGRESSION) {
                throw notANumber(0, profile.text(0).get(), "data.task=regression needs a number in every row");
            }
            return Task.CLASSIFICATION;
        }
        boolean fewWhole = profile.labels().size() <= MOST_WHOLE_NUMBERS_AS_CLASSES
                && profile.labels().stream().allMatch(number -> number == Math.rint(number));
        return fewWhole && options.task() == Task.AUTO ? Task.CLASSIFICATION : Task.REGRESSION;
    }

    private List<String> classes() {
        if (!source.classes().isEmpty()) {
            return source.classes();
        }
        Stream<String> numbers = profile.labels().stream().map(Numbers::name);
        List<String> classes = profile.text(0)
                .map(text -> Stream.concat(numbers, text.distinct().stream()).sorted())
                .orElse(numbers)
                .toList();
        if (classes.size() > Profile.MOST_CLASSES) {
            throw new UserError("data.label: \"" + source.label() + "\" in " + source.file() + " has more than "
                    + Profile.MOST_CLASSES + " classes; name another column, or set data.task=regression for numbers");
        }
        return classes;
    }

    private void requireVaryingLabel() {
        TreeSet<String> values = new TreeSet<>();
        profile.labels().forEach(number -> values.add(Numbers.name(number)));
        profile.text(0).ifPresent(text -> values.addAll(text.distinct()));
        if (values.size() < 2) {
            throw new UserError("data.label: \"" + source.label() + "\" is constant in " + source.file() + " ("
                    + values.first() + " in every row); there is nothing to learn");
        }
    }

    private List<Feature> features() {
        List<String> names = source.features(profile.slots());
        options.ignore().stream()
                .filter(name -> source.features().isEmpty() && !names.contains(name))
                .forEach(name -> {
                    throw new UserError("data.ignore: no feature \"" + name + "\" in " + source.file()
                            + "; features: f0 to f" + (names.size() - 1));
                });
        List<Feature> features = new ArrayList<>();
        IntStream.range(0, names.size())
                .filter(i -> !options.ignore().contains(names.get(i)))
                .forEach(i -> features.add(feature(i + 1, names.get(i))));
        if (features.isEmpty()) {
            throw new UserError("data.ignore: no feature is left of " + source.file());
        }
        return features;
    }

    private Feature feature(int slot, String name) {
        if (profile.text(slot).isEmpty()) {
            return Feature.numeric(name);
        }
        TextProfile text = profile.text(slot).get();
        if (profile.isNumeric(slot)) {
            throw notANumber(
                    slot,
                    text,
                    "correct it, or list the column in data.categorical or the cell in data.missing_values");
        }
        if (text.distinct().size() > options.maxCategories()) {
            throw new UserError(source.file() + ", column \"" + name + "\": more than " + options.maxCategories()
                    + " categories; leave it out with data.ignore, or raise data.max_categories");
        }
        return Feature.categorical(name, List.copyOf(text.distinct()));
    }

    private UserError notANumber(int slot, TextProfile text, String advice) {
        TextProfile.Cell cell = text.first();
        String column =
                slot == 0 ? source.label() : source.features(profile.slots()).get(slot - 1);
        return RowFault.ofCell(cell.part(), cell.row(), column, "\"" + cell.text() + "\" is not a number; " + advice)
                .toUserError(source.parts(), profile.rows());
    }
}
