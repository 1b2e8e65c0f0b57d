package org.winnow.job;

import static org.winnow.check.Check.that;

import java.util.List;
import org.winnow.data.Missing;
import org.winnow.data.read.Dialect;
import org.winnow.data.read.Format;
import org.winnow.model.Inline;
import org.winnow.model.Setting;

/** Everything that {@code jobs/predict.sh} can be told. */
record PredictConfig(Model model, Data data, Output output) {

    /** The section {@code model}. */
    record Model(
            @Setting("Folder model/ among the results of jobs/select.sh")
            String dir) {
        Model {
            that(!dir.isBlank(), "dir", "a folder", "\"" + dir + "\"");
        }
    }

    /** The section {@code data}. */
    record Data(
            @Setting("File, folder or glob of the new rows, on any file system that Hadoop knows")
            String path,

            @Setting(value = "Format of the rows; auto tells it from the name", byDefault = "auto")
            Format format,

            @Setting(
                    value = "What to do with missing values: refuse them, or fill in what the training rows had",
                    byDefault = "error")
            Missing missing,

            @Setting(value = "Cells that stand for a missing value", byDefault = "[\"\", \"NA\", \"?\"]")
            List<String> missingValues,

            @Inline Dialect dialect) {}

    /** The section {@code output}. */
    record Output(
            @Setting("Where predictions go: a file if it ends in .csv, else a folder of Parquet files")
            String path,

            @Setting(value = "Whether predictions that are there already are replaced", byDefault = "false")
            boolean overwrite) {
        Output {
            that(!path.isBlank(), "path", "a file or folder", "\"" + path + "\"");
        }
    }
}
