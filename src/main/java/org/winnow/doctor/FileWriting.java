package org.winnow.doctor;

/** Results and checkpoints are written aside and renamed. */
final class FileWriting implements Examination {
    @Override
    public Finding of(Environment environment) {
        return environment.fileFault().isEmpty()
                ? Finding.ok("files: written and renamed")
                : Finding.failure(
                        "files: " + environment.fileFault(),
                        "let output.dir name a file system that driver and executors share and may write to");
    }
}
