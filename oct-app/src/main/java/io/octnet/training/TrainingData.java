package io.octnet.training;

import io.octnet.UserException;
import io.octnet.audit.FastAudit;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.CatalogueReader;
import io.octnet.images.Interpolation;
import io.octnet.images.PixelCache;
import io.octnet.layouts.LeftOut;
import io.octnet.report.Report;
import io.octnet.runs.RunConfig;
import io.octnet.runs.RunFolder;
import io.octnet.split.Leaks;
import io.octnet.split.Part;
import io.octnet.split.Split;
import io.octnet.split.SplitChoice;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The scans of a training: what each is used for, and their pixels.
 *
 * @param audit what the folder's catalogue tells, in lines
 * @param leaks what the split lets through
 */
record TrainingData(List<String> audit, Split split, Leaks leaks, PixelCache cache)
    implements AutoCloseable {
  private static final int MOST_LISTED = 20;

  /** A share of lost files that nobody may overlook. */
  private static final double MUCH = 0.1;

  /** Reads the folder, splits it, keeps its pixels in the network's size. */
  static TrainingData load(RunConfig config, SplitChoice choice, Progress progress) {
    Path folder =
        config.data() == null
            ? Phantoms.in(config.out(), config.threads(), progress)
            : config.data();
    long budget = Runtime.getRuntime().maxMemory() / 4;
    Path beside = RunFolder.nearestThere(config.out()); // temporary folders are often memory
    try (PixelCache.Loader loader =
        new PixelCache.Loader(config.imageSize(), Interpolation.LINEAR, budget, beside)) {
      Catalogue catalogue =
          CatalogueReader.read(
              folder, options(config), loader, progress.stage("reading images")::update);
      Split split = choice.of(catalogue).forTraining();
      List<String> audit = audit(catalogue);
      Leaks leaks = Leaks.of(split);
      return new TrainingData(audit, split, leaks, loader.cache(split.catalogue().files()));
    } catch (IOException e) {
      throw new UserException(
          "cannot keep the pixels (" + e.getMessage() + "); is the disk full?", e);
    }
  }

  /** What the audit says, folders that lost a good part of their scans first. */
  private static List<String> audit(Catalogue catalogue) {
    Map<String, Integer> damaged = new TreeMap<>();
    catalogue.leftOut().stream()
        .filter(file -> file.kind() == LeftOut.Kind.DAMAGED && file.file().contains("/"))
        .forEach(file -> damaged.merge(folder(file.file()), 1, Integer::sum));
    List<String> lines = new ArrayList<>();
    damaged.forEach(
        (name, lost) -> {
          long left = catalogue.scans().stream().filter(s -> folder(s.file()).equals(name)).count();
          if (lost >= MUCH * (lost + left)) {
            lines.add(
                Text.format("LOST: %d of %d files in %s cannot be read", lost, lost + left, name));
          }
        });
    FastAudit.lines(catalogue).stream()
        .filter(line -> lines.isEmpty() || !line.equals(FastAudit.NOTHING))
        .forEach(lines::add);
    return lines;
  }

  private static String folder(String file) {
    return file.substring(0, Math.max(0, file.indexOf('/')));
  }

  private static CatalogueOptions options(RunConfig config) {
    return config
        .reading()
        .options()
        .withThreads(config.threads())
        .withLimit(config.limit(), config.seed());
  }

  List<String> classes() {
    return split.catalogue().classes();
  }

  /** What the user should know of the data before training begins. */
  List<String> lines() {
    Catalogue catalogue = split.catalogue();
    List<String> lines = new ArrayList<>();
    List<LeftOut> leftOut = catalogue.leftOut();
    if (!leftOut.isEmpty()) {
      lines.add(Text.format("left out, %d files:", leftOut.size()));
      leftOut.stream()
          .limit(MOST_LISTED)
          .forEach(file -> lines.add("  " + file.file() + ": " + file.reason()));
      if (leftOut.size() > MOST_LISTED) {
        lines.add(Text.format("  and %d more; audit lists them all", leftOut.size() - MOST_LISTED));
      }
    }
    lines.add(
        Text.format(
            "data: %d images, %d patients, in %s; classes %s",
            catalogue.size(),
            catalogue.patients(),
            catalogue.root(),
            String.join(", ", catalogue.classes())));
    lines.add(
        Text.format(
            "split %s: train %d, validation %d, test %d",
            split.rule() == Split.Rule.GIVEN ? "as given" : "by " + lower(split.rule()),
            split.indices(Part.TRAIN).length,
            split.indices(Part.VALIDATION).length,
            split.indices(Part.TEST).length));
    lines.addAll(catalogue.lines());
    audit.forEach(line -> lines.add(Report.AUDIT + line));
    split.notes().forEach(note -> lines.add("note: " + note));
    if (catalogue.patients() == 0) {
      lines.add("patients unknown: no file name says whose eye it is; see --patient-regex");
    }
    leaks.lines().forEach(line -> lines.add("LEAKY: " + line));
    return lines;
  }

  private static String lower(Split.Rule rule) {
    return rule.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public void close() {
    cache.close();
  }
}
