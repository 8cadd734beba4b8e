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

  /** A line that the next one replaces, where a terminal is. */
  void running(String text);
}
