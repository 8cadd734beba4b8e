package io.octnet.training;

import io.octnet.UserException;
import io.octnet.keras.KerasWeights;
import io.octnet.models.Trainer;
import io.octnet.models.WeightFiles;
import io.octnet.runs.AtomicFiles;
import io.octnet.runs.ModelInfo;
import io.octnet.runs.RunFolder;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last two states of a training, each weights and all that training needs to go on. At any
 * moment at least one of them is whole, and each carries a checksum of its content.
 */
final class SavedStates {
  private static final String CHECKSUM = "octnet_sha256";

  private final Path last;
  private final Path previous;
  private final ModelInfo info;

  SavedStates(RunFolder run, ModelInfo info) {
    this.last = run.file(RunFolder.LAST);
    this.previous = run.file(RunFolder.PREVIOUS);
    this.info = info;
  }

  /** Whether nothing was saved yet. */
  boolean none() {
    return !Files.exists(last) && !Files.exists(previous);
  }

  /**
   * Saves where training is; what was last becomes the previous state.
   *
   * @throws UserException when it cannot be written; the states before are still there
   * @throws io.octnet.models.TrainingDivergedException when a weight is not finite: nothing could
   *     go on from there, and two such states would leave no other
   */
  void save(Trainer trainer) {
    trainer.requireFiniteWeights();
    Map<String, String> texts = new HashMap<>(info.texts());
    texts.put(CHECKSUM, StateDigest.of(trainer));
    try {
      if (Files.exists(last)) {
        Files.move(
            last, previous, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      }
      WeightFiles.saveTraining(trainer, last, texts);
    } catch (IOException e) {
      throw new UserException(
          Text.format(
              "cannot save the state of the training in %s (%s); the run can be resumed from the state before",
              last, e.getMessage()),
          e);
    }
  }

  /**
   * Takes the training up from the last state, or, if that is damaged, from the one before.
   *
   * @return what the user should know: why a state was passed over
   * @throws UserException when there is none to go on from
   */
  List<String> restore(Trainer trainer) {
    List<String> passedOver = new ArrayList<>();
    for (Path file : List.of(last, previous)) {
      String reason = restore(trainer, file);
      if (reason == null) {
        if (file.equals(previous)) {
          discardDamaged();
        }
        return passedOver;
      }
      passedOver.add(Text.format("the state %s is passed over: %s", file.getFileName(), reason));
    }
    throw new UserException(
        Text.format(
            "%s cannot be resumed: %s; start again without --resume",
            last.getParent(), String.join("; ", passedOver)));
  }

  /** The next save would move it over the only good one. */
  private void discardDamaged() {
    try {
      Files.deleteIfExists(last);
    } catch (IOException e) {
      throw new UserException(
          Text.format("cannot remove the damaged %s (%s)", last, AtomicFiles.reason(e)), e);
    }
  }

  /** Null if all went well, else what is wrong with the file. */
  private static String restore(Trainer trainer, Path file) {
    if (!Files.exists(file)) {
      return "there is no such file";
    }
    try {
      String recorded = KerasWeights.loadText(file, CHECKSUM).orElse(null);
      if (recorded == null) {
        return "it has no checksum";
      }
      WeightFiles.loadTraining(trainer, file);
      return recorded.equals(StateDigest.of(trainer)) ? null : "its checksum is wrong";
    } catch (IOException e) {
      return e.getMessage();
    } catch (IllegalArgumentException | IllegalStateException e) {
      return "it is damaged (" + e.getMessage() + ")";
    }
  }
}
