package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.CatalogueReader;
import io.octnet.catalogue.Scan;
import io.octnet.images.PixelSink;
import io.octnet.layouts.LeftOut;
import io.octnet.split.Leaks;
import io.octnet.split.Split;
import io.octnet.split.SplitCsv;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The split that {@code train} would use. */
@Command(
    name = "split",
    description =
        "Writes the split that train would use, as CSV: file, sha256, patient, class, split.",
    footer = {"", "Example: octnet split --data scans --seed 1 > split.csv"})
final class SplitCommand extends OctCommand {
  @Mixin DataOptions options;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Override
  public Integer call() {
    if (options.folder() == null) {
      throw UserException.usage("--data is missing; expected a folder of images for each class");
    }
    Catalogue catalogue =
        CatalogueReader.read(
            options.folder(),
            options.catalogue(),
            PixelSink.NONE,
            console().stage("reading images")::update);
    Split split = options.splitChoice().of(catalogue);
    for (LeftOut file : catalogue.leftOut()) {
      console().line("left out: " + file.file() + ": " + file.reason());
    }
    catalogue.lines().forEach(console()::line);
    split.notes().forEach(note -> console().line("note: " + note));
    Leaks.of(split).lines().forEach(line -> console().line("LEAKY: " + line));
    console().erase();
    if (json) {
      printJson(Map.of("split", rows(split)));
    } else {
      print(SplitCsv.text(split).stripTrailing());
    }
    return DONE;
  }

  /** The rows of the CSV, by column. */
  private static List<Map<String, String>> rows(Split split) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 0; i < split.catalogue().size(); i++) {
      Scan scan = split.catalogue().scans().get(i);
      Map<String, String> row = new LinkedHashMap<>();
      row.put("file", scan.file());
      row.put("sha256", scan.sha256());
      row.put("patient", scan.patient());
      row.put("class", split.catalogue().className(scan));
      row.put("split", split.parts().get(i).csvName());
      rows.add(row);
    }
    return rows;
  }
}
