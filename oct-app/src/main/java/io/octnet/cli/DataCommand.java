package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.CatalogueReader;
import io.octnet.catalogue.ClassFolderWriter;
import io.octnet.catalogue.Scan;
import io.octnet.images.PixelSink;
import io.octnet.layouts.LeftOut;
import io.octnet.runs.Reading;
import io.octnet.text.Text;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Any layout as class folders. */
@Command(
    name = "data",
    description = {
      "Converts scans as they lie into a folder a class: CLASS/CLASS-<patient>-<n>.png, 8 bits, and"
          + " files.csv, a table of where each came from.",
      "Reads class folders, these inside train, val and test, a folder a patient inside each class,"
          + " a table (--labels), MedMNIST's .npz, and DICOM in any of them.",
    },
    footer = {"", "Example: octnet data OCT2017 --out scans --dry-run"})
final class DataCommand extends OctCommand {
  @Parameters(paramLabel = "SOURCE", description = "A folder, or an archive .npz.")
  Path source;

  @Option(names = "--out", paramLabel = "DIR", description = "The folder to write.")
  Path out;

  @Option(names = "--dry-run", description = "Only say what is there.")
  boolean dryRun;

  @Mixin ReadingOptions reading;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  /** What is said of a data set. */
  private record Result(
      List<String> data,
      int images,
      int patients,
      int imagesWithoutPatient,
      Map<String, Integer> classes,
      Map<String, Integer> parts,
      List<LeftOut> leftOut,
      String out) {}

  @Override
  public Integer call() {
    if (out == null && !dryRun) {
      throw UserException.usage("--out is missing; name the folder to write, or give --dry-run");
    }
    if (dryRun) {
      show(read(PixelSink.NONE));
      return DONE;
    }
    try (ClassFolderWriter writer = new ClassFolderWriter(out)) {
      Catalogue catalogue = read(writer);
      writer.finish(catalogue);
      show(catalogue);
    }
    return DONE;
  }

  private Catalogue read(PixelSink sink) {
    Reading how = reading.reading();
    CatalogueOptions options = how.options().withMinimumClasses(1);
    Catalogue catalogue =
        CatalogueReader.read(source, options, sink, console().stage("reading images")::update);
    console().erase();
    return catalogue;
  }

  private void show(Catalogue catalogue) {
    Map<String, Integer> classes = new LinkedHashMap<>();
    int[] counts = catalogue.countByClass();
    for (int c = 0; c < counts.length; c++) {
      classes.put(catalogue.classes().get(c), counts[c]);
    }
    Map<String, Integer> parts = new TreeMap<>();
    for (Scan scan : catalogue.scans()) {
      if (!scan.part().isEmpty()) {
        parts.merge(scan.part(), 1, Integer::sum);
      }
    }
    Result result =
        new Result(
            catalogue.lines(),
            catalogue.size(),
            catalogue.patients(),
            catalogue.scansWithoutPatient(),
            classes,
            parts,
            catalogue.leftOut(),
            dryRun ? null : out.toString());
    if (json) {
      printJson(result);
    } else {
      print(result);
    }
  }

  private void print(Result result) {
    result.data.forEach(this::print);
    print(Text.format("%d images of %d patients", result.images, result.patients));
    if (result.imagesWithoutPatient > 0) {
      print(Text.format("%d images have no known patient", result.imagesWithoutPatient));
    }
    result.classes.forEach((name, n) -> print(Text.format("  %-12s %6d", name, n)));
    result.parts.forEach((name, n) -> print(Text.format("  given as %-12s %6d", name, n)));
    result.leftOut.forEach(file -> print("left out: " + file.file() + ": " + file.reason()));
    if (result.out != null) {
      print("wrote " + result.out);
    }
  }
}
