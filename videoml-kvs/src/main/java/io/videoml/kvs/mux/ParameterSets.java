package io.videoml.kvs.mux;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The parameter sets of a stream that sends them along, and the record that holds them. */
final class ParameterSets {
  private static final int MOST = 31; // of a kind: what avcC has room for

  private final boolean h265;
  private final List<List<byte[]>> kinds; // video (H.265 only), sequence, picture

  ParameterSets(boolean h265) {
    this.h265 = h265;
    this.kinds = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /**
   * Takes those of a packet. Sets of a kind replace the older ones of that kind; a kind that is not
   * there stays as it was.
   *
   * @return whether anything changed
   */
  boolean take(NalUnits units) {
    boolean changed = false;
    for (int kind = 0; kind < 3; kind++) {
      List<byte[]> found = new ArrayList<>();
      for (int i = 0; i < units.count() && found.size() < MOST; i++) {
        if (kind(units.header(i)) == kind) {
          byte[] set = units.copy(i);
          if (set.length < 1 << 16 && found.stream().noneMatch(each -> Arrays.equals(each, set))) {
            found.add(set);
          }
        }
      }
      if (!found.isEmpty() && !same(kinds.get(kind), found)) {
        kinds.get(kind).clear();
        kinds.get(kind).addAll(found);
        changed = true;
      }
    }
    return changed;
  }

  /** Returns whether all kinds that a decoder needs are known. */
  boolean complete() {
    int first = h265 ? 0 : 1;
    return kinds.subList(first, 3).stream().noneMatch(List::isEmpty)
        && kinds.get(1).get(0).length > (h265 ? 14 : 3);
  }

  Optional<SequenceInfo> sequence() {
    byte[] set = kinds.get(1).get(0);
    return h265 ? SequenceInfo.ofH265(set) : SequenceInfo.ofH264(set);
  }

  /** Returns the {@code avcC} or {@code hvcC} record, for lengths of four bytes. */
  byte[] record() {
    return h265 ? hvcC() : avcC();
  }

  private int kind(int header) {
    int type = h265 ? header >> 1 & 0x3F : header & 0x1F;
    int kind = h265 ? type - 32 : type - 6;
    return kind >= (h265 ? 0 : 1) && kind <= 2 ? kind : -1;
  }

  /** ISO/IEC 14496-15, 5.3.3.1. */
  private byte[] avcC() {
    byte[] sequence = kinds.get(1).get(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(1);
    out.write(sequence, 1, 3);
    out.write(0xFF); // lengths of four bytes
    out.write(0xE0 | kinds.get(1).size());
    kinds.get(1).forEach(set -> writeSet(out, set));
    out.write(kinds.get(2).size());
    kinds.get(2).forEach(set -> writeSet(out, set));
    if (SequenceInfo.hasChroma(sequence[1] & 0xFF)) {
      sequence()
          .ifPresent(
              info -> {
                out.write(0xFC | info.chromaFormat());
                out.write(0xF8 | (info.lumaDepth() - 8));
                out.write(0xF8 | (info.chromaDepth() - 8));
                out.write(0);
              });
    }
    return out.toByteArray();
  }

  /** ISO/IEC 14496-15, 8.3.3.1. */
  private byte[] hvcC() {
    byte[] sequence = kinds.get(1).get(0);
    BitReader in = new BitReader(sequence, 2);
    in.skip(4);
    int layers = in.bits(3) + 1;
    int nested = in.bits(1);
    SequenceInfo info = sequence().orElse(new SequenceInfo(0, 0, 1, 8, 8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(1);
    for (int i = 0; i < 12; i++) {
      out.write(in.bits(8)); // profile, tier and level
    }
    writeShort(out, 0xF000);
    out.write(0xFC);
    out.write(0xFC | info.chromaFormat());
    out.write(0xF8 | (info.lumaDepth() - 8));
    out.write(0xF8 | (info.chromaDepth() - 8));
    writeShort(out, 0);
    out.write(layers << 3 | nested << 2 | 3);
    out.write(3);
    for (int kind = 0; kind < 3; kind++) {
      out.write(32 + kind); // not said to be all: packets hold them too
      writeShort(out, kinds.get(kind).size());
      kinds.get(kind).forEach(set -> writeSet(out, set));
    }
    return out.toByteArray();
  }

  private static void writeSet(ByteArrayOutputStream out, byte[] set) {
    writeShort(out, set.length);
    out.write(set, 0, set.length);
  }

  private static void writeShort(ByteArrayOutputStream out, int value) {
    out.write(value >> 8);
    out.write(value);
  }

  private static boolean same(List<byte[]> one, List<byte[]> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!Arrays.equals(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }
}
