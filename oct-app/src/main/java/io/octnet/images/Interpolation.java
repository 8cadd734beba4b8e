package io.octnet.images;

/** How a picture is brought to another size; both equal OpenCV's 8-bit results bit for bit. */
public enum Interpolation {
  /**
   * {@code INTER_LINEAR}, what the networks see: bilinear, without filtering before shrinking, so
   * speckle stays speckle.
   */
  LINEAR {
    @Override
    public Raster8 resize(Raster8 source, int width, int height) {
      return LinearResize.resize(source, width, height);
    }
  },

  /**
   * {@code INTER_AREA}, for thumbnails and for comparing pictures: the mean over the area that a
   * pixel covers. Shrinks only; along an axis that would grow it is refused.
   */
  AREA {
    @Override
    public Raster8 resize(Raster8 source, int width, int height) {
      return AreaResize.resize(source, width, height);
    }
  };

  /** The picture in {@code width x height} pixels, with as many channels. */
  public abstract Raster8 resize(Raster8 source, int width, int height);
}
