package io.octnet.hdf5;

import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;

/** What the elements of a data set are. */
public enum ElementType {
  /** IEEE 754 half precision. */
  FLOAT16("float16", 2, 5, 10, 15),
  /** IEEE 754 single precision. */
  FLOAT32("float32", 4, 8, 23, 127),
  /** IEEE 754 double precision. */
  FLOAT64("float64", 8, 11, 52, 1023),
  /** Signed integers of 64 bits. */
  INT64("int64", 8, 0, 0, 0),
  /** Anything else: other integers, strings, bfloat16, ... */
  OTHER("other", 0, 0, 0, 0);

  private final String text;
  private final int bytes;
  private final int exponentBits;
  private final int mantissaBits;
  private final int bias;

  ElementType(String text, int bytes, int exponentBits, int mantissaBits, int bias) {
    this.text = text;
    this.bytes = bytes;
    this.exponentBits = exponentBits;
    this.mantissaBits = mantissaBits;
    this.bias = bias;
  }

  /** Whether this is one of the three IEEE types. */
  public boolean isFloat() {
    return exponentBits > 0;
  }

  /** The bytes of one element; 0 for {@link #OTHER}. */
  public int bytes() {
    return bytes;
  }

  /** As NumPy calls it, e.g. {@code float32}. */
  @Override
  public String toString() {
    return text;
  }

  static ElementType of(DataType type) {
    for (ElementType candidate : values()) {
      if (candidate.describes(type)) {
        return candidate;
      }
    }
    return OTHER;
  }

  /** Every field is compared: a flipped bit in one would silently change all values. */
  private boolean describes(DataType type) {
    if (type instanceof FloatingPoint floating && isFloat()) {
      return floating.getSize() == bytes
          && floating.getBitOffset() == 0
          && floating.getBitPrecision() == 8 * bytes
          && floating.getExponentSize() == exponentBits
          && floating.getExponentLocation() == mantissaBits
          && floating.getMantissaSize() == mantissaBits
          && floating.getMantissaLocation() == 0
          && floating.getMantissaNormalization() == 2 // the top bit is implied
          && floating.getSignLocation() == 8 * bytes - 1
          && floating.getExponentBias() == bias;
    }
    return this == INT64
        && type instanceof FixedPoint fixed
        && fixed.isSigned()
        && fixed.getSize() == bytes
        && fixed.getBitOffset() == 0
        && fixed.getBitPrecision() == 8 * bytes;
  }

  /** As {@link #toString}, also for what cannot be read. */
  static String describe(DataType type) {
    ElementType known = of(type);
    if (known != OTHER) {
      return known.toString();
    }
    return switch (type) {
      case FixedPoint fixed -> (fixed.isSigned() ? "int" : "uint") + 8 * fixed.getSize();
      case FloatingPoint floating -> "a float of " + 8 * floating.getSize() + " bits, not IEEE 754";
      case StringData _, VariableLength _ -> "strings";
      default -> type.getClass().getSimpleName();
    };
  }
}
