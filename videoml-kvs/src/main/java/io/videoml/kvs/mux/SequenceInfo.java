package io.videoml.kvs.mux;

import java.util.Optional;

/**
 * What a sequence parameter set says that a codec's private data repeats.
 *
 * @param width in pixels, as shown
 * @param height likewise
 * @param chromaFormat 0 for grey, 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4
 * @param lumaDepth bits of a luma sample
 * @param chromaDepth bits of a chroma sample
 */
record SequenceInfo(int width, int height, int chromaFormat, int lumaDepth, int chromaDepth) {
  private static final int LARGEST = 16384;

  /** Reads H.264's (7.3.2.1.1); empty where it is damaged. */
  static Optional<SequenceInfo> ofH264(byte[] unit) {
    BitReader in = new BitReader(unit, 1);
    int profile = in.bits(8);
    in.skip(16); // constraints and level
    in.unsigned(); // its id
    int chroma = 1;
    int luma = 8;
    int other = 8;
    boolean planes = false;
    if (hasChroma(profile)) {
      chroma = in.unsigned();
      planes = chroma == 3 && in.flag();
      luma = 8 + in.unsigned();
      other = 8 + in.unsigned();
      in.skip(1);
      if (in.flag()) {
        skipScaling(in, chroma == 3 ? 12 : 8);
      }
    }
    in.unsigned(); // bits of frame numbers
    skipOrderCount(in);
    in.unsigned(); // reference frames
    in.skip(1);
    int columns = in.unsigned() + 1;
    int rows = in.unsigned() + 1;
    int fields = in.flag() ? 1 : 2; // a frame has two unless it has none
    if (fields == 2) {
      in.skip(1);
    }
    in.skip(1);
    int unitX = planes || chroma == 0 || chroma == 3 ? 1 : 2;
    int unitY = (!planes && chroma == 1 ? 2 : 1) * fields;
    int width = columns * 16;
    int height = rows * 16 * fields;
    if (in.flag()) {
      width -= unitX * (in.unsigned() + in.unsigned());
      height -= unitY * (in.unsigned() + in.unsigned());
    }
    return checked(in, new SequenceInfo(width, height, chroma, luma, other));
  }

  /** Reads H.265's (7.3.2.2.1); empty where it is damaged. */
  static Optional<SequenceInfo> ofH265(byte[] unit) {
    BitReader in = new BitReader(unit, 2);
    in.skip(4);
    int layers = in.bits(3);
    in.skip(1 + 96); // nesting; profile, tier and level
    skipLayers(in, layers);
    in.unsigned(); // its id
    int chroma = in.unsigned();
    boolean planes = chroma == 3 && in.flag();
    int width = in.unsigned();
    int height = in.unsigned();
    if (in.flag()) {
      int unitX = !planes && (chroma == 1 || chroma == 2) ? 2 : 1;
      int unitY = !planes && chroma == 1 ? 2 : 1;
      width -= unitX * (in.unsigned() + in.unsigned());
      height -= unitY * (in.unsigned() + in.unsigned());
    }
    int luma = 8 + in.unsigned();
    int other = 8 + in.unsigned();
    return checked(in, new SequenceInfo(width, height, chroma, luma, other));
  }

  /** Returns whether H.264's profile says how chroma is sampled, in both records. */
  static boolean hasChroma(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  private static Optional<SequenceInfo> checked(BitReader in, SequenceInfo info) {
    boolean sound =
        !in.overrun()
            && inRange(info.width, LARGEST)
            && inRange(info.height, LARGEST)
            && info.chromaFormat <= 3
            && inRange(info.lumaDepth, 16)
            && inRange(info.chromaDepth, 16);
    return sound ? Optional.of(info) : Optional.empty();
  }

  private static boolean inRange(int value, int most) {
    return value > 0 && value <= most;
  }

  private static void skipScaling(BitReader in, int lists) {
    for (int i = 0; i < lists; i++) {
      if (in.flag()) {
        int last = 8;
        int next = 8;
        for (int j = 0; j < (i < 6 ? 16 : 64) && next != 0; j++) {
          next = (last + in.signed() + 256) & 255;
          last = next == 0 ? last : next;
        }
      }
    }
  }

  private static void skipOrderCount(BitReader in) {
    int type = in.unsigned();
    if (type == 0) {
      in.unsigned();
    } else if (type == 1) {
      in.skip(1);
      in.skipSigned();
      in.skipSigned();
      int cycle = in.unsigned();
      for (int i = 0; i < cycle && !in.overrun(); i++) {
        in.skipSigned();
      }
    }
  }

  private static void skipLayers(BitReader in, int layers) {
    int flags = in.bits(2 * layers);
    if (layers > 0) {
      in.skip(2 * (8 - layers));
    }
    for (int i = layers - 1; i >= 0; i--) {
      int both = flags >> (2 * i);
      in.skip(((both & 2) != 0 ? 88 : 0) + ((both & 1) != 0 ? 8 : 0));
    }
  }
}
