package org.winnow.job;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.file.Lease;

/**
 * Results in a folder beside their place, which is renamed at the end, where a rename is one step; a single file has its
 * name in one step anywhere.
 */
record Aside(Target target, Path at, String run) implements Placing {
    @Override
    public void begin() throws IOException {
        if (!files().mkdirs(at)) {
            throw new IOException("the folder " + at + " cannot be made");
        }
    }

    @Override
    public String put(Path results, Lease lease) throws IOException {
        if (!target.ours().isFile()) {
            target.ours().seal(files(), results);
        }
        Path path = target.path();
        Path replaced = target.replaced(run);
        boolean mine = lease.isHeld();
        boolean replace = mine && files().exists(path);
        if (replace && (!target.mayReplace() || !moved(path, replaced))) {
            mine = false;
        }
        if (!mine || !moved(results, path)) {
            return beside(results);
        }
        if (replace) {
            discard(replaced);
        }
        return target.place();
    }

    private String beside(Path results) throws IOException {
        for (int i = 2; ; i++) {
            String other = target.numbered(i);
            if (moved(results, files().makeQualified(new Path(other)))) {
                target.warnOfOther(other);
                return other;
            }
        }
    }

    @Override
    public void abandon() throws IOException {
        files().delete(at, true);
    }

    /** Brings results back that were about to be replaced by a run that was killed, or takes them away if they were. */
    void clearReplaced(Path replaced) throws IOException {
        if (!files().exists(target.path())) {
            target.rename(replaced, target.path());
            System.err.println("a stopped run was about to replace " + target.place() + "; it is as it was before");
        } else {
            discard(replaced);
        }
    }

    /** What somebody has put into earlier results is not ours to delete. */
    private void discard(Path replaced) throws IOException {
        var foreign = target.foreign(replaced);
        if (foreign.isEmpty()) {
            files().delete(replaced, true);
            return;
        }
        String earlier = target.place().replaceFirst("/+$", "") + "-earlier";
        String free = earlier;
        for (int i = 2; !moved(replaced, files().makeQualified(new Path(free))); i++) {
            free = earlier + "-" + i;
        }
        System.err.println("warning: what was at " + target.place() + " held " + foreign.get()
                + ", which no run of this job wrote; all of it is kept in " + free);
    }

    /** Gives a file or folder a name; false, and nothing is changed, if the name is taken. */
    private boolean moved(Path from, Path to) throws IOException {
        if (files().exists(to)) {
            return false;
        }
        target.rename(from, to);
        // A folder that has appeared since takes what is renamed to it into itself.
        Path inside = new Path(to, from.getName());
        if (files().exists(inside) && !files().exists(from)) {
            target.rename(inside, from);
            return false;
        }
        return true;
    }

    private FileSystem files() {
        return target.files();
    }
}
