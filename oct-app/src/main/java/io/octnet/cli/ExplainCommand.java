package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.catalogue.SampleDepth;
import io.octnet.explain.ScanExplainer;
import io.octnet.images.BitDepth;
import io.octnet.images.Png;
import io.octnet.images.ScanRef;
import io.octnet.images.UnreadableImageException;
import io.octnet.prediction.Asked;
import io.octnet.prediction.FoundScans;
import io.octnet.prediction.TrainedModel;
import io.octnet.runs.AtomicFiles;
import io.octnet.text.Text;
import io.octnet.training.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where in a scan a network saw what it says. */
@Command(
    name = "explain",
    description = {
      "Paints over each scan how much each place speaks for the predicted class (Grad-CAM), as PNG.",
      "A file that cannot be read gets a row with its error; the others go on, and the exit code"
          + " is 1.",
    },
    footer = {"", "Example: octnet explain runs/train-cnn3-1 scan.jpeg --out heatmaps"})
final class ExplainCommand extends OctCommand {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A run folder (its best weights), or a weight file of one.")
  Path run;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Scans, and folders of scans.")
  List<Path> files;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "heatmaps",
      description = "Where the pictures go. Default: ${DEFAULT-VALUE}.")
  Path out;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "Explain this class instead of the predicted one.")
  String className;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin BackendOptions backend;

  /** A row of the result. */
  private record Row(
      String file,
      String predicted,
      Float probability,
      String explained,
      String picture,
      String error) {
    List<Object> cells() {
      List<Object> cells = new ArrayList<>();
      cells.add(file);
      cells.add(predicted);
      cells.add(probability);
      cells.add(explained);
      cells.add(picture);
      cells.add(error);
      return cells;
    }
  }

  private record Result(String weights, List<Row> explanations) {}

  @Override
  public Integer call() {
    try (BackendOptions.InUse used = backend.use()) {
      TrainedModel trained = TrainedModel.load(run, Asked.NOTHING);
      FoundScans found = FoundScans.of(files);
      found.notes().forEach(console()::line);
      List<ScanRef> expanded = found.scans();
      try (ScanExplainer explainer = new ScanExplainer(trained, depth(expanded))) {
        return explain(trained, explainer, expanded);
      }
    }
  }

  /** As the scans themselves tell, for a network that was trained on none of 16 bits. */
  private BitDepth depth(List<ScanRef> scans) {
    List<Path> paths = scans.stream().map(ScanRef::file).distinct().toList();
    return SampleDepth.of(paths, backend.threads()).orElse(BitDepth.BITS_16);
  }

  private int explain(TrainedModel trained, ScanExplainer explainer, List<ScanRef> expanded) {
    Integer label = className == null ? null : explainer.label(className);
    makeFolder();
    if (!json) {
      print("file,predicted,probability,explained,picture,error");
    }
    List<Row> rows = new ArrayList<>();
    Stage stage = console().stage("explaining");
    Set<String> taken = new HashSet<>();
    for (ScanRef file : expanded) {
      Row row = row(trained.info().classes(), explainer, file, label, taken);
      rows.add(row);
      if (!json) {
        print(CsvLine.of(row.cells()));
      }
      stage.update(rows.size(), expanded.size());
    }
    console().erase();
    if (json) {
      printJson(new Result(trained.weights().toString(), rows));
    }
    long damaged = rows.stream().filter(row -> row.error != null).count();
    if (damaged > 0) {
      console().line(Text.format("octnet: %d of %d files could not be read", damaged, rows.size()));
    }
    return damaged > 0 ? FAILURE : DONE;
  }

  private void makeFolder() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw unwritable(out, e);
    }
  }

  private static UserException unwritable(Path file, IOException e) {
    return new UserException(
        Text.format(
            "cannot write %s (%s); choose a folder that can be written with --out",
            file, AtomicFiles.reason(e)),
        e);
  }

  private Row row(
      List<String> classes,
      ScanExplainer explainer,
      ScanRef file,
      Integer label,
      Set<String> taken) {
    String name = explainer.masked(file, file.toString());
    try {
      ScanExplainer.Explained found = explainer.explain(file, label);
      int likeliest = likeliest(found.probabilities());
      Path picture = out.resolve(freeName(file, explainer, taken));
      try {
        AtomicFiles.write(picture, Png.encode(found.picture()));
      } catch (IOException e) {
        throw unwritable(picture, e);
      }
      return new Row(
          name,
          classes.get(likeliest),
          found.probabilities()[likeliest],
          classes.get(found.explained()),
          picture.toString(),
          null);
    } catch (UnreadableImageException e) {
      return new Row(name, null, null, null, null, e.getMessage());
    }
  }

  private static int likeliest(float[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      best = probabilities[c] > probabilities[best] ? c : best;
    }
    return best;
  }

  /**
   * scan.jpeg becomes scan.gradcam.png, the next scan.jpeg scan-2.gradcam.png, or the next number
   * that is free; some systems take Scan for scan.
   */
  private static String freeName(ScanRef scan, ScanExplainer explainer, Set<String> taken) {
    String file = explainer.masked(scan, scan.file().getFileName().toString());
    String name = file.replaceFirst("\\.[^.]*$", "");
    String stem = scan.frame() == 0 ? name : name + "-frame" + scan.frame();
    String free = stem;
    for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
      free = stem + "-" + n;
    }
    return free + ".gradcam.png";
  }
}
