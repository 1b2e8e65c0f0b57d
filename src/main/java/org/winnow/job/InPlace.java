package org.winnow.job;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;
import org.winnow.file.Lease;

/**
 * Results that are written under their final name, where a rename would copy them one after the other. Their last part
 * makes them whole; a mark beside them tells the next run of what a killed one left.
 *
 * @param mark an empty file that is there until they are whole
 */
record InPlace(Target target, Path mark) implements Placing {
    @Override
    public Path at() {
        return target.path();
    }

    @Override
    public void begin() throws IOException {
        target.files().create(mark, true).close();
    }

    @Override
    public String put(Path results, Lease lease) throws IOException {
        requireMine(lease);
        target.ours()
                .foreign(target.files(), at())
                .ifPresent(
                        name -> System.err.println("warning: " + name + ", which this run did not write, appeared in "
                                + target.place() + " while it ran, and is left there"));
        target.ours().seal(target.files(), at());
        done();
        return target.place();
    }

    /** What is there is whole now. */
    void done() throws IOException {
        target.files().delete(mark, false);
    }

    /** Another run that took this one for dead may have begun to write at the same place. */
    @Override
    public void requireMine(Lease lease) throws IOException {
        if (!lease.isHeld()) {
            throw new UserError(target.place()
                    + ": this run stood still for so long that another has taken the place over; what was to be written"
                    + " there is lost, and the same command with another place makes it again");
        }
    }

    /** Without its mark the place is another run's, which has taken the mark away. */
    @Override
    public void abandon() throws IOException {
        if (target.files().exists(mark)) {
            takeAway();
        }
    }

    /** Takes away what a killed run has left, if that is not whole. */
    void clear() throws IOException {
        if (takeAway()) {
            System.err.println("removed the part of results that a stopped run had left in " + target.place());
        }
    }

    private boolean takeAway() throws IOException {
        boolean taken = false;
        if (target.files().exists(at()) && !isWhole()) {
            Optional<String> foreign = target.ours().foreign(target.files(), at());
            if (foreign.isPresent()) {
                System.err.println("warning: " + target.place() + " holds a part of results, and " + foreign.get()
                        + ", which no run of this job wrote; all of it is left, for you to sort out");
            } else {
                taken = target.files().delete(at(), true);
            }
        }
        done();
        return taken;
    }

    private boolean isWhole() throws IOException {
        Optional<String> last = target.ours().last();
        return last.isPresent() && target.files().exists(new Path(at(), last.get()));
    }
}
