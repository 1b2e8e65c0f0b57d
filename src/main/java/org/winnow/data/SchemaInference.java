package org.winnow.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.winnow.check.UserError;
import org.winnow.data.read.Numbers;
import org.winnow.data.read.RowFault;
import org.winnow.data.read.Source;

/** Decides from a profile what each column is. */
final class SchemaInference {
    private static final int MOST_WHOLE_NUMBERS_AS_CLASSES = 20;

    /** A column of fewer rows may count them by chance. */
    private static final int FEWEST_STEPS_OF_AN_INDEX = 15;

    private final Source source;
    private final Profile profile;
    private final DataOptions options;
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private SchemaInference(Source source, Profile profile, DataOptions options) {
        this.source = source;
        this.profile = profile;
        this.options = options;
    }

    /**
     * A schema, and how it came about.
     *
     * @param schema of all columns that are not ignored
     * @param task what is learned, and why
     * @param leftOut names of columns that only count the rows
     * @param warnings about columns that were left out, or look as if they should be
     */
    record Inferred(Schema schema, String task, List<String> leftOut, List<String> warnings) {}

    /** @throws UserError if a column is neither number nor category, or the label says nothing */
    static Inferred infer(Source source, Profile profile, DataOptions options) {
        SchemaInference inference = new SchemaInference(source, profile, options);
        Task task = inference.task();
        List<String> classes = task == Task.CLASSIFICATION ? inference.classes() : List.of();
        inference.requireVaryingLabel();
        Schema schema = new Schema(inference.features(), source.label(), task, classes);
        Spelling.warning("the label \"" + source.label() + "\"", "classes", classes)
                .ifPresent(inference.warnings::add);
        return new Inferred(schema, inference.taskInWords(schema), inference.leftOut, inference.warnings);
    }

    /** The task and why it is that. */
    private String taskInWords(Schema schema) {
        String label = "the label \"" + source.label() + "\"";
        boolean given = options.task() != Task.AUTO;
        if (schema.task() == Task.CLASSIFICATION) {
            String why = given ? "data.task says so" : profile.text(0).isPresent() ? "text" : "whole numbers";
            return "classification: " + label + " has " + schema.classes().size() + " classes (" + why + ")";
        }
        int values = profile.labels().size();
        boolean many = values > Profile.MOST_CLASSES;
        return "regression: " + label + " has " + (many ? "more than " + Profile.MOST_CLASSES : values) + " different "
                + (isWhole()
                        ? "whole numbers" + (given ? "" : ", more than " + MOST_WHOLE_NUMBERS_AS_CLASSES)
                        : "numbers")
                + (given
                        ? ", and data.task says so"
                        : isWhole() && !many ? "; data.task=classification makes classes of them" : "");
    }

    private boolean isWhole() {
        return profile.labels().stream().allMatch(number -> number == Math.rint(number));
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
        boolean fewWhole = profile.labels().size() <= MOST_WHOLE_NUMBERS_AS_CLASSES && isWhole();
        return fewWhole && options.task() == Task.AUTO ? Task.CLASSIFICATION : Task.REGRESSION;
    }

    private List<String> classes() {
        if (!source.classes().isEmpty()) {
            return source.classes();
        }
        if (options.task() == Task.AUTO) {
            profile.text(0).ifPresent(text -> requireNoNumbers(0, text));
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
        Set<String> ignored = Set.copyOf(options.ignore());
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!ignored.contains(name) && !isIndex(i + 1, name)) {
                features.add(feature(i + 1, name));
            }
        }
        if (features.isEmpty()) {
            throw new UserError("data.ignore: no feature is left of " + source.file()
                    + warnings.stream().map(warning -> "; " + warning).collect(Collectors.joining()));
        }
        return features;
    }

    /** Whether a column does nothing but count rows; one that goes up with them is warned of. */
    private boolean isIndex(int slot, String name) {
        Counting counting = profile.counting();
        if (counting.steps() < FEWEST_STEPS_OF_AN_INDEX
                || !counting.up(slot)
                || options.keep().contains(name)) {
            return false;
        }
        boolean named = !source.places();
        if (counting.byOne(slot) && named) {
            leftOut.add(name);
            warnings.add(
                    "left out the column \"" + name + "\": it counts the rows; data.keep=[\"" + name + "\"] keeps it");
            return true;
        }
        warnings.add("the column \"" + name + "\" goes up from each row to the next, as numbers of rows and sorted"
                + " identifiers do, and may tell the label by that; "
                + (named ? "data.ignore=[\"" + name + "\"] leaves it out" : "leave it out if it is one"));
        return false;
    }

    private Feature feature(int slot, String name) {
        if (profile.text(slot).isEmpty()) {
            return Feature.numeric(name);
        }
        TextProfile text = profile.text(slot).get();
        if (profile.isNumeric(slot)) {
            boolean unread = Numbers.isUnread(text.first().text());
            throw notANumber(
                    slot,
                    text,
                    (unread ? Numbers.cure(text.first().text()) + "; or " : "")
                            + "correct it, or list the column in data.categorical or the cell in data.missing_values");
        }
        requireNoNumbers(slot, text);
        if (text.distinct().size() > options.maxCategories()) {
            throw new UserError(source.file() + ", column \"" + name + "\": more than " + options.maxCategories()
                    + (Dates.are(text.distinct()) ? " dates, each a category of its own" : " categories")
                    + "; leave it out with data.ignore, or raise data.max_categories");
        }
        if (Dates.are(text.distinct())) {
            warnings.add("the column \"" + name + "\" holds dates, as "
                    + text.first().text()
                    + ", and is taken as a category with " + text.distinct().size()
                    + " levels; make a number of it, as days since a date, or data.ignore=[\"" + name
                    + "\"] leaves it out");
        }
        Optional<String> unit = Units.of(text.distinct());
        if (unit.isPresent()) {
            warnings.add("the column \"" + name + "\" holds numbers with the unit \"" + unit.get() + "\", as "
                    + text.first().text() + ", and is taken as a category with "
                    + text.distinct().size() + " levels; take the unit out of the file to read numbers");
        }
        Spelling.warning("the column \"" + name + "\"", "categories", text.distinct())
                .ifPresent(warnings::add);
        return Feature.categorical(name, List.copyOf(text.distinct()));
    }

    /** Refuses what are plainly numbers, though in a notation that is not read. */
    private void requireNoNumbers(int slot, TextProfile text) {
        boolean asked = slot > 0
                && options.categorical()
                        .contains(source.features(profile.slots()).get(slot - 1));
        if (!asked && text.distinct().size() > 1 && text.distinct().stream().allMatch(Numbers::isUnread)) {
            throw notANumber(
                    slot,
                    text,
                    "but looks like one; " + Numbers.cure(text.first().text())
                            + (slot == 0 ? "" : " (data.categorical makes categories of them)"));
        }
    }

    private UserError notANumber(int slot, TextProfile text, String advice) {
        TextProfile.Cell cell = text.first();
        String column =
                slot == 0 ? source.label() : source.features(profile.slots()).get(slot - 1);
        return RowFault.ofCell(cell.part(), cell.row(), column, "\"" + cell.text() + "\" is not a number; " + advice)
                .toUserError(source.parts(), profile.rows());
    }
}
