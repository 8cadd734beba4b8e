package io.octnet.images;

import java.nio.file.Path;

/**
 * Decodes one scan after another; the file of the last one stays open, so that the frames of a
 * volume are read from one opening. For one thread.
 */
public final class ScanReader implements AutoCloseable {
  private final BitDepth depth;
  private Path path;
  private ScanFile open;

  /**
   * A reader.
   *
   * @param depth of 16-bit samples, where a file does not say it
   */
  public ScanReader(BitDepth depth) {
    this.depth = depth;
  }

  /** The upright picture of a scan. */
  public Raster8 read(ScanRef scan) throws UnreadableImageException {
    ScanFile file = file(scan.file());
    if (scan.index() >= file.frames()) {
      throw new UnreadableImageException(
          "no frame " + scan.frame() + "; the file has " + file.frames());
    }
    return file.read(scan.index(), depth);
  }

  /** What a scan's file says of it; a file of several frames is a volume, if it says no other. */
  public ScanFacts facts(ScanRef scan) throws UnreadableImageException {
    ScanFacts facts = file(scan.file()).facts();
    boolean unnamed = facts.volume().isEmpty() && scan.frame() > 0 && open.isVolume();
    return unnamed
        ? new ScanFacts(facts.patient(), facts.eye(), masked(scan, scan.file().toString()))
        : facts;
  }

  /**
   * A text, such as the scan's name, without what its file knows of a patient in clear; of a file
   * that cannot be opened, the text as it is.
   */
  public String masked(ScanRef scan, String text) {
    try {
      return file(scan.file()).masked(text);
    } catch (UnreadableImageException e) {
      return text;
    }
  }

  private ScanFile file(Path wanted) throws UnreadableImageException {
    if (!wanted.equals(path)) {
      close();
      open = ScanFile.open(wanted);
      path = wanted;
    }
    return open;
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
      path = null;
    }
  }
}
