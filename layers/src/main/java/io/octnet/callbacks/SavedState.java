package io.octnet.callbacks;

import io.octnet.text.Text;
import java.util.Map;

/** Numbers out of a callback's saved state. */
final class SavedState {
  private SavedState() {}

  static double number(Map<String, String> state, String key) {
    return Double.parseDouble(text(state, key));
  }

  static int integer(Map<String, String> state, String key) {
    return Integer.parseInt(text(state, key));
  }

  static String text(Map<String, String> state, String key) {
    String text = state.get(key);
    if (text == null) {
      throw new IllegalArgumentException(
          Text.format("the saved state of a callback has no %s, only %s", key, state.keySet()));
    }
    return text;
  }
}
