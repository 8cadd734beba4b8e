package io.octnet.catalogue;

import io.octnet.UserException;
import io.octnet.images.BitDepth;
import io.octnet.images.PixelSink;
import io.octnet.images.Pseudonym;
import io.octnet.images.Raster8;
import io.octnet.images.ScanFacts;
import io.octnet.images.ScanFile;
import io.octnet.images.ScanRef;
import io.octnet.images.UnreadableImageException;
import io.octnet.layouts.Item;
import io.octnet.layouts.LeftOut;
import io.octnet.layouts.Listing;
import io.octnet.layouts.PlainName;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the scans of files, with whose they are; from several threads. */
final class FileScans {
  private final Listing listing;
  private final CatalogueOptions options;
  private final BitDepth depth;
  private final PixelSink sink;

  FileScans(Listing listing, CatalogueOptions options, BitDepth depth, PixelSink sink) {
    this.listing = listing;
    this.options = options;
    this.depth = depth == null ? BitDepth.BITS_16 : depth;
    this.sink = sink;
  }

  /** What came of some files. */
  record Read(List<Scan> scans, List<LeftOut> damaged, List<String> warnings) {
    /** Whether a whole file was read that holds a volume. */
    boolean isVolume() {
      return scans.stream().noneMatch(scan -> scan.facts().volume().isEmpty());
    }

    Read() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Items of one file: its frames, or a single one that stands for all. */
  Read read(List<Item> items) {
    Item first = items.getFirst();
    Path path = first.path(listing.root());
    Read read = new Read();
    try (ScanFile file = ScanFile.open(path)) {
      String sha256 = file.sha256();
      for (Item item : items) {
        int from = Math.max(1, item.frame());
        int to = item.frame() > 0 ? item.frame() : file.frames();
        boolean several = item.frame() > 0 || to > 1;
        for (int frame = from; frame <= to; frame++) {
          add(read, file, sha256, item, several ? frame : 0);
        }
      }
      file.warnings().forEach(w -> read.warnings.add(shown(file, first) + ": " + w));
    } catch (UnreadableImageException e) {
      items.forEach(i -> read.damaged.add(LeftOut.damaged(pseudonymized(i), e.getMessage())));
    }
    return read;
  }

  private void add(Read read, ScanFile file, String sha256, Item item, int frame) {
    ScanRef at = new ScanRef(item.path(listing.root()), frame);
    String name = ScanRef.text(shown(file, item), frame);
    try {
      Raster8 pixels = file.read(at.index(), depth);
      sink.accept(name, pixels);
      read.scans.add(
          new Scan(
              name,
              item.label(),
              facts(file, item, frame > 0),
              item.part(),
              at,
              pixels.width(),
              pixels.height(),
              sha256,
              pixels.hash()));
    } catch (UnreadableImageException e) {
      read.damaged.add(LeftOut.damaged(name, e.getMessage()));
    } catch (IOException e) {
      throw new UserException(
          Text.format("cannot keep the pixels of %s: %s; is the disk full?", name, e.getMessage()),
          e);
    }
  }

  /**
   * The user's pattern counts most, then what the file itself says, then the layout, then its usual
   * name. The frames of a file are a volume where nothing says otherwise.
   */
  private ScanFacts facts(ScanFile file, Item item, boolean several) {
    ScanFacts own = file.facts();
    String patient = own.patient();
    String clear = clearPatient(item);
    boolean given = options.patients().isGiven() && !clear.isEmpty();
    if (given || patient.isEmpty()) {
      boolean secret = options.pseudonymize() || file.isConfidential();
      patient = secret ? Pseudonym.of(clear) : clear;
    }
    PlainName.require("the patient of " + item.name(), patient);
    String eye = item.facts().eye().isEmpty() ? own.eye() : item.facts().eye();
    String volume = item.facts().volume();
    if (volume.isEmpty()) {
      volume = own.volume().isEmpty() && several && item.frame() == 0 ? item.file() : own.volume();
    }
    return new ScanFacts(patient, eye, masked(file, item, volume));
  }

  /** The patient by the user's pattern, the layout or the usual name; may be empty. */
  private String clearPatient(Item item) {
    String className = listing.classes().get(item.label());
    String name = item.file().substring(item.file().lastIndexOf('/') + 1);
    String byName = options.patients().patient(className, name);
    boolean layoutSays = !item.facts().patient().isEmpty();
    return layoutSays && (byName.isEmpty() || !options.patients().isGiven())
        ? item.facts().patient()
        : byName;
  }

  /** The file's name as it may be written down. */
  private String shown(ScanFile file, Item item) {
    return masked(file, item, item.file());
  }

  private String masked(ScanFile file, Item item, String text) {
    return file.masked(options.pseudonymize() ? pseudonymized(item, text) : text);
  }

  private String pseudonymized(Item item) {
    return options.pseudonymize() ? pseudonymized(item, item.name()) : item.name();
  }

  private String pseudonymized(Item item, String text) {
    String patient = clearPatient(item);
    return patient.isEmpty() ? text : text.replace(patient, Pseudonym.of(patient));
  }
}
