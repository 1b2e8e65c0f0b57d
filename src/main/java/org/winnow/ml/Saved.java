package org.winnow.ml;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.json4s.JsonAST.JInt;
import org.json4s.JsonAST.JObject;
import org.json4s.JsonAST.JValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.winnow.check.UserError;
import org.winnow.file.Manifest;
import org.winnow.file.StrictJson;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.math.BigInt;

/**
 * Estimators and models in folders: params as Spark's own metadata has them, with the version of our schema; what a model
 * has learned beside them, as JSON and plain arrays. No Java objects are serialised.
 */
final class Saved {
    private static final Logger LOG = LoggerFactory.getLogger(Saved.class);
    private static final int SCHEMA_VERSION = 2;
    /** Of folders that have no manifest. */
    private static final int FIRST_VERSION = 1;

    private static final String KIND = "Spark ML";
    private static final String VERSION_KEY = "winnowSchemaVersion";

    private Saved() {}

    /**
     * Writes params and files.
     *
     * @param files what is in them, by their names; none for an estimator
     */
    static MLWriter writer(Params instance, Map<String, byte[]> files) {
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                DefaultParamsWriter.saveMetadata(instance, path, sc(), Option.apply(version()), Option.empty());
                Configuration hadoop = sc().hadoopConfiguration();
                files.forEach((name, bytes) -> write(new Path(path, name), bytes, hadoop));
                seal(new Path(path), hadoop);
            }
        };
    }

    private static JObject version() {
        Tuple2<String, JValue> version = new Tuple2<>(VERSION_KEY, new JInt(BigInt.apply(SCHEMA_VERSION)));
        return new JObject(JavaConverters.asScalaBuffer(List.of(version)).toList());
    }

    /** What reads a file of a folder, by its name. */
    interface Files extends Function<String, byte[]> {}

    /** Makes an instance of what is written in files. */
    @FunctionalInterface
    interface Make<T> {
        T of(String uid, String path, Files files);
    }

    /** Reads what {@link #writer} has written of a class. */
    static <T extends Params> MLReader<T> reader(Class<T> type, Make<T> make) {
        return new MLReader<>() {
            @Override
            public T load(String path) {
                return Words.asSaid(() -> loaded(path));
            }

            private T loaded(String path) {
                DefaultParamsReader.Metadata metadata =
                        DefaultParamsReader$.MODULE$.loadMetadata(path, sc(), type.getName());
                int version = version(metadata.metadataJson(), path);
                T instance =
                        make.of(metadata.uid(), path, name -> read(new Path(path, name), sc().hadoopConfiguration()));
                metadata.getAndSetParams(instance, Option.empty());
                if (version == FIRST_VERSION) {
                    LOG.warn(
                            "{} was saved by version 0.1, without {}; its files are not verified", path, Manifest.NAME);
                } else {
                    requireWhole(path, sc().hadoopConfiguration());
                }
                return instance;
            }
        };
    }

    private static void seal(Path folder, Configuration hadoop) {
        try {
            Manifest.write(folder.getFileSystem(hadoop), folder, KIND, part -> true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was changed and can still be read would give other answers without a word. */
    private static void requireWhole(String path, Configuration hadoop) {
        Path folder = new Path(path);
        try {
            FileSystem files = folder.getFileSystem(hadoop);
            Manifest.read(files, folder, KIND).verify(files, folder, part -> true);
        } catch (FileNotFoundException e) {
            throw new UserError(path + ": not whole, as it has no " + Manifest.NAME + ", which is written last", e);
        } catch (IOException e) {
            throw new UserError(path + ": not as it was saved: " + e.getMessage(), e);
        }
    }

    private static int version(String metadata, String path) {
        JsonNode version = json(metadata, JsonNode.class, path).path(VERSION_KEY);
        if (version.asInt() != FIRST_VERSION && version.asInt() != SCHEMA_VERSION) {
            throw new UserError(
                    path + ": " + VERSION_KEY + " must be " + FIRST_VERSION + " or " + SCHEMA_VERSION + ", got "
                            + (version.isMissingNode() ? "none" : version)
                            + "; it was written by another version of Winnow");
        }
        return version.asInt();
    }

    /** A record as JSON. */
    static byte[] json(Record document) {
        return StrictJson.write(document).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What JSON says.
     *
     * @throws UserError if it is not what such a file has
     */
    static <T> T json(byte[] json, Class<T> type, String path) {
        return json(new String(json, StandardCharsets.UTF_8), type, path);
    }

    private static <T> T json(String json, Class<T> type, String path) {
        return StrictJson.read(json, type, path, "model");
    }

    private static void write(Path path, byte[] bytes, Configuration hadoop) {
        try (OutputStream out = path.getFileSystem(hadoop).create(path)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path path, Configuration hadoop) {
        try {
            FileSystem files = path.getFileSystem(hadoop);
            try (InputStream in = files.open(path)) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UserError(path + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
