package io.octnet.training;

/** Is told how a long piece of work goes. */
public interface Progress {
  /** Tells nobody. */
  Progress NONE =
      new Progress() {
        @Override
        public void line(String text) {}

        @Override
        public void running(String text) {}
      };

  /** A line that stays. */
  void line(String text);

  /** Begins a stage that says how long it will still take. */
  default Stage stage(String name) {
    return new Stage(this, name);
  }

  /** A line that the next one replaces, where a terminal is. */
  void running(String text);
}
