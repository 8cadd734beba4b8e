package io.octnet.dicom;

import java.util.Set;

/** The attributes that are read, as {@code group << 16 | element}. */
final class Tag {
  static final int TRANSFER_SYNTAX = 0x00020010;
  static final int MODALITY = 0x00080060;
  static final int PATIENT_NAME = 0x00100010;
  static final int PATIENT_ID = 0x00100020;
  static final int SERIES = 0x0020000E;
  static final int LATERALITY = 0x00200060;
  static final int IMAGE_LATERALITY = 0x00200062;
  static final int FRAME_LATERALITY = 0x00209072;
  static final int SAMPLES_PER_PIXEL = 0x00280002;
  static final int PHOTOMETRIC = 0x00280004;
  static final int PLANAR_CONFIGURATION = 0x00280006;
  static final int FRAMES = 0x00280008;
  static final int ROWS = 0x00280010;
  static final int COLUMNS = 0x00280011;
  static final int BITS_ALLOCATED = 0x00280100;
  static final int BITS_STORED = 0x00280101;
  static final int HIGH_BIT = 0x00280102;
  static final int SIGNED = 0x00280103;
  static final int WINDOW_CENTER = 0x00281050;
  static final int WINDOW_WIDTH = 0x00281051;
  static final int RESCALE_INTERCEPT = 0x00281052;
  static final int RESCALE_SLOPE = 0x00281053;
  static final int WINDOW_FUNCTION = 0x00281056;
  static final int PIXELS = 0x7FE00010;

  /** Their items hold what enhanced files say of all frames, resp. of each. */
  static final Set<Integer> FUNCTIONAL_GROUPS = Set.of(0x52009229, 0x52009230);

  static final int ITEM = 0xFFFEE000;
  static final int ITEM_END = 0xFFFEE00D;
  static final int SEQUENCE_END = 0xFFFEE0DD;

  static final Set<Integer> READ =
      Set.of(
          TRANSFER_SYNTAX,
          MODALITY,
          PATIENT_NAME,
          PATIENT_ID,
          SERIES,
          LATERALITY,
          IMAGE_LATERALITY,
          FRAME_LATERALITY,
          SAMPLES_PER_PIXEL,
          PHOTOMETRIC,
          PLANAR_CONFIGURATION,
          FRAMES,
          ROWS,
          COLUMNS,
          BITS_ALLOCATED,
          BITS_STORED,
          HIGH_BIT,
          SIGNED,
          WINDOW_CENTER,
          WINDOW_WIDTH,
          RESCALE_INTERCEPT,
          RESCALE_SLOPE,
          WINDOW_FUNCTION);

  private Tag() {}
}
