package io.videoml.kvs.fragment;

import static io.videoml.kvs.fragment.Mkv.block;
import static io.videoml.kvs.fragment.Mkv.bytes;
import static io.videoml.kvs.fragment.Mkv.document;
import static io.videoml.kvs.fragment.Mkv.element;
import static io.videoml.kvs.fragment.Mkv.fragment;
import static io.videoml.kvs.fragment.Mkv.frame;
import static io.videoml.kvs.fragment.Mkv.join;
import static io.videoml.kvs.fragment.Mkv.number;
import static io.videoml.kvs.fragment.Mkv.tags;
import static io.videoml.kvs.fragment.Mkv.time;
import static io.videoml.kvs.fragment.Mkv.track;
import static io.videoml.kvs.fragment.Mkv.tracks;
import static io.videoml.kvs.fragment.Mkv.unsized;
import static io.videoml.kvs.fragment.Mkv.wide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Makes streams that are nearly right; the same for the same seed and the same captures. */
final class FuzzInputs {
  private static final int LONGEST = 6000;
  private static final int[] IDS = {
    Ids.EBML,
    Ids.VOID,
    Ids.CRC_32,
    Ids.SEGMENT,
    Ids.INFO,
    Ids.TRACKS,
    Ids.CLUSTER,
    Ids.CUES,
    Ids.TAGS,
    Ids.TIMECODE_SCALE,
    Ids.TRACK_ENTRY,
    Ids.TRACK_NUMBER,
    Ids.CODEC_PRIVATE,
    Ids.VIDEO,
    Ids.TIMECODE,
    Ids.SIMPLE_BLOCK,
    Ids.BLOCK_GROUP,
    Ids.BLOCK,
    Ids.REFERENCE_BLOCK,
    Ids.TAG,
    Ids.SIMPLE_TAG,
    Ids.TAG_NAME,
    Ids.TAG_STRING
  };

  private final List<byte[]> seeds = new ArrayList<>();
  private final List<int[]> sizesOfSeeds = new ArrayList<>();

  FuzzInputs() {
    byte[] lacing =
        unsized(
            Ids.CLUSTER,
            time(5),
            element(Ids.SIMPLE_BLOCK, block(1, 0, 0x82, bytes(2, 255, 0, 1), new byte[260])),
            element(Ids.SIMPLE_BLOCK, block(1, 1, 0x04, bytes(3), new byte[40])),
            element(Ids.SIMPLE_BLOCK, block(1, 2, 0x06, bytes(2, 0x83, 0xC1), new byte[40])),
            element(
                Ids.BLOCK_GROUP,
                element(Ids.BLOCK, block(1, 3, 0, bytes(1, 2, 3))),
                number(Ids.REFERENCE_BLOCK, -1)),
            frame(9, 1, 2, 3));
    byte[] sized = element(Ids.CLUSTER, element(Ids.CRC_32, new byte[4]), time(0), frame(0, 1));
    seed(
        join(
            fragment("91343852333181432392682062607743920146159169392", lacing),
            fragment("2", sized)));
    seed(
        join(
            document(
                element(
                    Ids.TRACKS, track(1), track(2, wide(Ids.VIDEO, number(Ids.PIXEL_WIDTH, 64)))),
                tags("a", "1", "b", "2"),
                sized,
                tags("c", "3"),
                lacing,
                tags(Mkv.END, ""),
                sized,
                element(Ids.CUES, new byte[20]))));
    seed(
        join(
            Mkv.header(),
            element(Ids.SEGMENT, tracks(), element(Ids.VOID, new byte[50]), lacing),
            document(tags("AWS_KINESISVIDEO_ERROR_ID", "4000", "AWS_KINESISVIDEO_ERROR_CODE", "x")),
            fragment("9", unsized(Ids.CLUSTER, time(0), frame(-1)))));
  }

  /** Adds the beginnings and the ends of recorded streams, where they are on this machine. */
  FuzzInputs withCaptures(Path shared) throws IOException {
    Path folder = shared.resolve("data/kvs");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".mkv")).sorted().toList()) {
          byte[] all = Files.readAllBytes(file);
          seed(Arrays.copyOf(all, 2000));
          seed(Arrays.copyOf(all, 5500));
        }
      }
    }
    return this;
  }

  int seeds() {
    return seeds.size();
  }

  private void seed(byte[] seed) {
    List<Integer> sizes = new ArrayList<>();
    for (int at = 0; at < seed.length; at++) {
      for (int id : IDS) {
        byte[] bytes = Mkv.id(id);
        if (at + bytes.length < seed.length
            && Arrays.equals(bytes, Arrays.copyOfRange(seed, at, at + bytes.length))) {
          sizes.add(at + bytes.length);
        }
      }
    }
    seeds.add(seed);
    sizesOfSeeds.add(sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Returns a stream that was changed in up to ten ways, most in few. */
  byte[] next(SplittableRandom random) {
    int which = random.nextInt(seeds.size());
    byte[] input = seeds.get(which).clone();
    // Sizes first: their places are those of the seed.
    for (int i = random.nextInt(1 << random.nextInt(3)); i > 0; i--) {
      int[] sizes = sizesOfSeeds.get(which);
      editSize(input, sizes[random.nextInt(sizes.length)], random);
    }
    for (int i = random.nextInt(1 << random.nextInt(4)); i > 0 && input.length > 1; i--) {
      input = change(input, random);
    }
    return input;
  }

  private byte[] change(byte[] input, SplittableRandom random) {
    int at = random.nextInt(input.length);
    int count = Math.min(1 + random.nextInt(1 << random.nextInt(10)), input.length - at);
    switch (random.nextInt(8)) {
      case 0, 1 -> input[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> input[at] = (byte) random.nextInt();
      case 3 -> input[at] = bytes(0, 1, 0x40, 0x7F, 0x80, 0x81, 0xFE, 0xFF)[random.nextInt(8)];
      case 4 -> {
        return Arrays.copyOf(input, at + 1);
      }
      case 5 -> {
        return join(Arrays.copyOf(input, at), Arrays.copyOfRange(input, at + count, input.length));
      }
      case 6 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int from = random.nextInt(other.length);
        int to = Math.min(from + count, other.length);
        return insert(input, at, Arrays.copyOfRange(other, from, to));
      }
      default -> {
        return insert(input, at, Arrays.copyOfRange(input, at, at + count));
      }
    }
    return input;
  }

  private static byte[] insert(byte[] input, int at, byte[] what) {
    byte[] longer =
        join(Arrays.copyOf(input, at), what, Arrays.copyOfRange(input, at, input.length));
    return longer.length > LONGEST ? Arrays.copyOf(longer, LONGEST) : longer;
  }

  /** Writes another size over that of an element, as long or not. */
  private static void editSize(byte[] input, int at, SplittableRandom random) {
    int width = random.nextBoolean() ? Math.max(1, widthAt(input[at])) : 1 + random.nextInt(8);
    long most = (1L << (7 * width)) - 1;
    long size =
        switch (random.nextInt(6)) {
          case 0 -> most; // Unknown.
          case 1 -> most - 1;
          case 2 -> 0;
          case 3 -> random.nextLong(most);
          case 4 -> Math.min(most, random.nextInt(300));
          default -> Math.min(most, random.nextInt(2 * input.length));
        };
    byte[] bytes = Mkv.size(size, width);
    System.arraycopy(bytes, 0, input, at, Math.min(bytes.length, input.length - at));
  }

  private static int widthAt(byte first) {
    return Math.min(8, ElementHeader.vintLength(first & 0xFF));
  }
}
