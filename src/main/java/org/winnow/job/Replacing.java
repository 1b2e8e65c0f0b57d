package org.winnow.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.file.Lease;

/**
 * Results that take the place of earlier ones where a rename is not one step: they are written aside, so that a run that
 * fails takes nothing away, and then moved file by file. A mark that names the earlier files tells that this has begun; every
 * step can be done again, so the next run ends what a killed one has begun. Between the steps nothing at the place is
 * whole: its last part goes first and comes last.
 */
record Replacing(Target target, Path at, Path mark, String run) implements Placing {
    @Override
    public void begin() throws IOException {
        if (!files().mkdirs(at)) {
            throw new IOException("the folder " + at + " cannot be made");
        }
    }

    @Override
    public String put(Path results, Lease lease) throws IOException {
        target.ours().seal(files(), at);
        if (!lease.isHeld()
                || !target.mayReplace()
                || target.foreign(target.path()).isPresent()) {
            String other = target.putBeside(run, this::moveTo);
            files().delete(at, true);
            return other;
        }
        List<String> earlier = new ArrayList<>(names(target.path()));
        earlier.removeAll(names(at));
        target.write(mark, String.join("\n", earlier));
        finish();
        return target.place();
    }

    @Override
    public void abandon() throws IOException {
        files().delete(at, true);
    }

    /** Ends what a killed run has begun. */
    void resume() throws IOException {
        finish();
        System.err.println("a run was stopped while its results took the place of those in " + target.place()
                + "; they are whole now");
    }

    private void finish() throws IOException {
        List<String> there = names(target.path());
        // First what makes all of it whole.
        Collections.reverse(there);
        for (String name : there) {
            if (whole(name) > 0 && files().exists(new Path(at, name))) {
                files().delete(new Path(target.path(), name), false);
            }
        }
        for (String name : earlier()) {
            files().delete(new Path(target.path(), name), false);
        }
        moveTo(target.path());
        files().delete(at, true);
        files().delete(mark, false);
    }

    /** Moves what is left aside, what makes it whole at the end. */
    private void moveTo(Path to) throws IOException {
        for (String name : names(at)) {
            Path place = new Path(to, name);
            files().delete(place, false);
            if (!files().mkdirs(place.getParent())) {
                throw new IOException("the folder " + place.getParent() + " cannot be made");
            }
            target.rename(new Path(at, name), place);
        }
    }

    /** The files of earlier results that no new one replaces. */
    private List<String> earlier() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(files().open(mark), StandardCharsets.UTF_8))) {
            return lines.lines().filter(name -> !name.isEmpty()).toList();
        }
    }

    /** All files of a folder, hidden ones too, what makes it whole at the end; none if it is not there. */
    private List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        if (files().exists(folder)) {
            addNames(folder, "", names);
        }
        names.sort(Comparator.comparing(this::whole));
        return names;
    }

    /** Whether a file makes the results whole (2), or a folder in them, such as a model (1), or neither (0). */
    private int whole(String name) {
        String last = target.ours().last().orElse("");
        return last.isEmpty() ? 0 : name.equals(last) ? 2 : name.endsWith("/" + last) ? 1 : 0;
    }

    private void addNames(Path folder, String before, List<String> names) throws IOException {
        for (FileStatus file : files().listStatus(folder)) {
            String name = before + file.getPath().getName();
            if (file.isDirectory()) {
                addNames(file.getPath(), name + "/", names);
            } else {
                names.add(name);
            }
        }
    }

    private FileSystem files() {
        return target.files();
    }
}
