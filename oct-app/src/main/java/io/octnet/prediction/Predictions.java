package io.octnet.prediction;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.Scan;
import io.octnet.evaluation.Prediction;
import io.octnet.models.Batch;
import io.octnet.models.BatchSource;
import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.split.Split;
import io.octnet.tensor.Tensor;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What a model says of every scan of a split.
 *
 * @param probabilities (scans, classes), in the order of the catalogue
 */
public record Predictions(Split split, float[][] probabilities) {

  /**
   * Predicts all scans.
   *
   * @param source all scans in the order of the catalogue
   * @param progress receives how many are done
   */
  public static Predictions of(Model model, Split split, BatchSource source, IntConsumer progress) {
    int count = split.catalogue().size();
    float[][] probabilities = new float[count][];
    int done = 0;
    try (Inference inference = Inference.of(model);
        BatchSource.Batches batches = source.open(0, 0)) {
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        for (float[] row : rows(inference, batch.x())) {
          probabilities[done++] = row;
        }
        progress.accept(done);
      }
    }
    return new Predictions(split, probabilities);
  }

  /** The probabilities of each example of a batch. */
  static float[][] rows(Inference inference, Tensor x) {
    Tensor y = inference.predict(x);
    int classes = y.dim(1);
    float[][] rows = new float[y.dim(0)][];
    for (int n = 0; n < rows.length; n++) {
      rows[n] = Arrays.copyOfRange(y.data(), n * classes, (n + 1) * classes);
    }
    y.release();
    return rows;
  }

  /** The first of the likeliest classes. */
  static int likeliest(float[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[best]) {
        best = c;
      }
    }
    return best;
  }

  /** As plain rows, for the metrics. */
  public List<Prediction> forEvaluation() {
    List<Prediction> rows = new ArrayList<>();
    for (int i = 0; i < probabilities.length; i++) {
      Scan scan = split.catalogue().scans().get(i);
      double[] p = new double[probabilities[i].length];
      for (int c = 0; c < p.length; c++) {
        p[c] = probabilities[i][c];
      }
      rows.add(
          new Prediction(
              scan.file(),
              scan.patient(),
              scan.facts().eye(),
              scan.facts().volume(),
              split.parts().get(i).csvName(),
              scan.label(),
              p,
              Double.NaN));
    }
    return rows;
  }

  /**
   * {@code file,patient,split,class,predicted,p_<CLASS>...}, one row a scan; {@code eye,volume}
   * behind the patient where some are known.
   */
  public String csv() {
    Catalogue catalogue = split.catalogue();
    List<String> header =
        new ArrayList<>(List.of("file", "patient", "split", "class", "predicted"));
    boolean units = catalogue.unitsKnown();
    if (units) {
      header.addAll(2, List.of("eye", "volume"));
    }
    catalogue.classes().forEach(name -> header.add("p_" + name));
    StringWriter out = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out)) {
      csv.writeRecord(header);
      for (int i = 0; i < catalogue.size(); i++) {
        Scan scan = catalogue.scans().get(i);
        List<String> row = new ArrayList<>();
        row.add(scan.file());
        row.add(scan.patient());
        if (units) {
          row.add(scan.facts().eye());
          row.add(scan.facts().volume());
        }
        row.add(split.parts().get(i).csvName());
        row.add(catalogue.className(scan));
        row.add(catalogue.classes().get(likeliest(probabilities[i])));
        for (float p : probabilities[i]) {
          row.add(Float.toString(p));
        }
        csv.writeRecord(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }
}
