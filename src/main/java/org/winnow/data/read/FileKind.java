package org.winnow.data.read;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A kind of file that is no text of cells, known by its first bytes.
 *
 * @param name what such a file is
 * @param cure what to do about one; %s stands for its name
 * @param start of its bytes, as a pattern of Latin-1 characters
 */
record FileKind(String name, String cure, Pattern start) {
    /** How many bytes tell what a file is. */
    static final int LONGEST_START = 512;

    private static final String SAVE = "save it as CSV";
    private static final String WRITE = "write it as Parquet or CSV";

    private static final List<FileKind> ALL = List.of(
            kind("a gzip file", "call it %s.gz", "\\x1F\\x8B"),
            kind("a bzip2 file", "call it %s.bz2", "BZh"),
            kind("a zstd file", "call it %s.zst", "\\x28\\xB5\\x2F\\xFD"),
            kind("an lz4 file", "call it %s.lz4", "\\x04\\x22\\x4D\\x18"),
            kind("an xz file", "call it %s.xz", "\\xFD7zXZ\\x00"),
            kind("a zip archive, as those of Excel are", "unpack it, or " + SAVE, "PK\\x03\\x04"),
            kind("a 7z archive", "unpack it", "7z\\xBC\\xAF"),
            kind("a workbook of an old Excel", SAVE, "\\xD0\\xCF\\x11\\xE0"),
            kind("a Parquet file", "set data.format=parquet", "PAR1"),
            kind("a Parquet file with an encrypted footer", "write it without encryption", "PARE"),
            kind("an Arrow or Feather file", WRITE, "ARROW1|FEA1"),
            kind("an ORC file", WRITE, "ORC"),
            kind("an Avro file", WRITE, "Obj\\x01"),
            kind("an HDF5 file", WRITE, "\\x89HDF"),
            kind("an array of NumPy", WRITE, "\\x93NUMPY"),
            kind("a pickle of Python", WRITE, "\\x80[\\x02-\\x05]"),
            kind("a workspace of R", WRITE, "RD[AXB][2-3]\\n"),
            kind("a file of SPSS", SAVE, "\\$FL[23]"),
            kind("a file of Stata", SAVE, "<stata_dta>"),
            kind("a file of SAS", SAVE, "\\x00{12}\\xC2\\xEA"),
            kind("a database of SQLite", WRITE, "SQLite format"),
            kind("a database of DuckDB", WRITE, ".{8}DUCK"),
            kind("a PDF", SAVE, "%PDF"),
            kind("an ARFF file, as Weka writes them", SAVE, "(?i)\\s*(%[^\\n]*\\n\\s*)*@relation"),
            kind("an HTML or XML page", SAVE, "(?i)(\u00EF\u00BB\u00BF)?\\s*<(!doctype|html|table|\\?xml|!--)"),
            kind("JSON", WRITE, "(\u00EF\u00BB\u00BF)?\\s*(\\{\\s*\"|\\[\\s*[\\[{])"));

    private static FileKind kind(String name, String cure, String start) {
        return new FileKind(name, cure, Pattern.compile(start, Pattern.DOTALL));
    }

    /** The kind of a file that begins with these bytes, if it is none of cells of text. */
    static Optional<FileKind> of(byte[] bytes) {
        String start = new String(bytes, StandardCharsets.ISO_8859_1);
        return ALL.stream()
                .filter(kind -> kind.start().matcher(start).lookingAt())
                .findFirst();
    }

    /** What a file of a name is, and what to do about it. */
    String sentence(String file) {
        return "it is " + name + ", by its first bytes; " + cure.replace("%s", file);
    }
}
