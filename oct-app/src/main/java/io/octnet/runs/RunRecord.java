package io.octnet.runs;

import com.google.gson.JsonParseException;
import io.octnet.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run says of itself, in {@code run.json}: the first file that is written into its folder,
 * and, once all others are there, the last. While its process lives it is {@code running}; one that
 * says so although nobody holds its lock was killed, which is an interruption.
 *
 * @param octnet version of the application
 * @param command the command line, word by word
 * @param begun when, in UTC
 * @param ended when; null while it runs
 * @param split rule of the split: patient, image or file
 * @param leaky whether patients or pictures are on both sides of the split
 * @param tag what the user calls it, and other runs like it; may be null
 * @param note of the user; may be null
 * @param notes what was said of the data before training
 */
public record RunRecord(
    Status status,
    String octnet,
    List<String> command,
    String begun,
    String ended,
    String split,
    boolean leaky,
    String tag,
    String note,
    List<String> notes) {
  private static final long LONGEST = 16 << 20;

  /** Where a run is in its life. */
  public enum Status {
    RUNNING,
    INTERRUPTED,
    FINISHED,
    FAILED;

    /** As people read it. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public RunRecord {
    command = command == null ? List.of() : List.copyOf(command);
    notes = notes == null ? List.of() : List.copyOf(notes);
  }

  /** The time, to the second. */
  public static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The same run at its end. */
  public RunRecord ended(Status how) {
    return new RunRecord(how, octnet, command, begun, now(), split, leaky, tag, note, notes);
  }

  /** The same with the user's words, where there are new ones. */
  public RunRecord said(String newTag, String newNote) {
    return new RunRecord(
        status,
        octnet,
        command,
        begun,
        ended,
        split,
        leaky,
        newTag == null ? tag : newTag,
        newNote == null ? note : newNote,
        notes);
  }

  /** The text of the file. */
  public String text() {
    return Json.text(this) + "\n";
  }

  /** Writes the file, whole or not at all. */
  public void write(RunFolder run) {
    run.write(RunFolder.RUN, text());
  }

  /**
   * Reads the file of a run; empty for a run of before there were such files.
   *
   * @throws UserException when it is damaged
   */
  public static Optional<RunRecord> read(RunFolder run) {
    Path file = run.file(RunFolder.RUN);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > LONGEST) {
        throw new UserException(file + " is longer than 16 MiB: no run wrote it");
      }
      RunRecord record = Json.GSON.fromJson(Files.readString(file), RunRecord.class);
      Objects.requireNonNull(record.status);
      return Optional.of(record);
    } catch (IOException | JsonParseException | NullPointerException e) {
      throw new UserException(file + " is damaged; verify says what else is", e);
    }
  }

  /** What a folder truly is, whatever killed its process. */
  public static Status status(RunFolder run) {
    Status said =
        read(run)
            .map(RunRecord::status)
            .orElse(Files.exists(run.file(RunFolder.CHECKSUMS)) ? Status.FINISHED : Status.RUNNING);
    return said == Status.RUNNING && !run.inUse() ? Status.INTERRUPTED : said;
  }
}
