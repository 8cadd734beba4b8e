package io.octnet.training;

/**
 * How fast the moving statistics follow, and how long training waits for an improvement.
 *
 * <p>Keras's numbers (momentum 0.99, patience 1 and 3 epochs) suit epochs of hundreds of steps. On
 * a small set the moving statistics would lag behind by whole epochs, so that validation runs on
 * wrong ones, and the learning rate would be cut before anything was learnt. So here they depend on
 * the steps of an epoch: the statistics forget nine tenths within an epoch, and patience is at
 * least {@value #PLATEAU_STEPS} and {@value #STOP_STEPS} steps. From 230 steps an epoch on, all are
 * Keras's. Before that the statistics are also computed anew before each validation; see
 * docs/EXPERIMENTS.md for what that gains.
 *
 * @param momentum of the batch norms
 * @param plateau epochs without improvement after which the learning rate is cut
 * @param stop epochs without improvement after which training ends
 */
record Pace(double momentum, int plateau, int stop) {
  /** Statistics are computed anew from so many examples, where epochs are short. */
  private static final int FRESH = 2048;

  /** What the article set. */
  static final Pace ARTICLE = new Pace(0.99, 1, 3);

  static final int ARTICLE_BATCH = 64;
  private static final int SMALLEST_BATCH = 16;
  private static final int FEWEST_STEPS = 32;
  private static final int PLATEAU_STEPS = 90;
  private static final int STOP_STEPS = 180;

  /**
   * For epochs of so many steps.
   *
   * @param patience epochs until training ends, as the user wants it; 0 if nothing was said
   */
  static Pace of(int stepsPerEpoch, int patience) {
    double momentum = Math.min(ARTICLE.momentum, Math.pow(0.1, 1.0 / stepsPerEpoch));
    int stop =
        patience > 0 ? patience : Math.max(ARTICLE.stop, Math.ceilDiv(STOP_STEPS, stepsPerEpoch));
    int plateau = Math.max(ARTICLE.plateau, Math.ceilDiv(PLATEAU_STEPS, stepsPerEpoch));
    return new Pace(momentum, plateau, stop);
  }

  /**
   * How many images a step takes where nobody said: the article's 64, or half or a quarter of that
   * where an epoch would have fewer than {@value #FEWEST_STEPS} steps; few steps learn little.
   */
  static int batchSize(int images) {
    int size = ARTICLE_BATCH;
    while (size > SMALLEST_BATCH && images / size < FEWEST_STEPS) {
      size /= 2;
    }
    return size;
  }

  /** How many examples statistics are computed from before each validation; 0: moving averages. */
  int freshExamples() {
    return momentum < ARTICLE.momentum ? FRESH : 0;
  }

  /** The article's, with the user's patience. */
  static Pace article(int patience) {
    return new Pace(ARTICLE.momentum, ARTICLE.plateau, patience > 0 ? patience : ARTICLE.stop);
  }
}
