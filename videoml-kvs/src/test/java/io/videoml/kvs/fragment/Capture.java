package io.videoml.kvs.fragment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A recorded stream outside the repository, and what its manifest says of it; tests that need it
 * skip where it is missing.
 *
 * @param framesByFragment how many frames each has
 * @param complete how many fragments are complete; they come first
 */
record Capture(String file, List<Integer> framesByFragment, int complete) {
  static final Capture GET_MEDIA = new Capture("output_get_media", repeat(5, 60), 5);
  static final Capture SPARSE = new Capture("output_get_media_sparse_fragments", repeat(3, 60), 3);
  static final Capture EQUAL_TIMECODE =
      new Capture("output-get-media-equal-timecode", List.of(120, 119), 1);
  static final Capture MIXED_TAGS = new Capture("test_mixed_tags", repeat(10, 10), 10);
  static final Capture EMPTY = new Capture("empty-mkv-with-tags", List.of(0), 0);
  static final Capture CLUSTERS =
      new Capture("clusters", List.of(59, 59, 59, 59, 59, 59, 59, 31), 8);
  static final Capture FILE = new Capture("bezos_vogels", List.of(150, 1, 150, 100, 145), 5);
  static final Capture FILE_WITH_SOUND =
      new Capture("vogels_330", List.of(166, 384, 203, 384, 180, 384, 222, 292, 119), 9);
  static final Capture KVSSINK =
      new Capture("gen-kvssink-h264-aac-putmedia", List.of(144, 144, 135), 3);
  static final Capture KVSSINK_HEVC =
      new Capture("gen-kvssink-hevc-nocpd-putmedia", List.of(50, 50), 2);
  static final Capture STANDIN =
      new Capture("gen-standin-getmedia-h264-aac", List.of(144, 144, 135), 3);

  static Stream<Capture> all() {
    return Stream.of(
        GET_MEDIA,
        SPARSE,
        EQUAL_TIMECODE,
        MIXED_TAGS,
        EMPTY,
        CLUSTERS,
        FILE,
        FILE_WITH_SOUND,
        KVSSINK,
        KVSSINK_HEVC,
        STANDIN);
  }

  private static List<Integer> repeat(int fragments, int frames) {
    return Stream.generate(() -> frames).limit(fragments).toList();
  }

  Path path() {
    String shared = System.getProperty("videoml.shared", "");
    Path path = Path.of(shared).resolve("data/kvs").resolve(file + ".mkv");
    assumeTrue(
        !shared.isEmpty() && Files.exists(path),
        "needs the shared captures of Kinesis Video Streams; set -Dvideoml.shared");
    return path;
  }

  byte[] bytes() {
    try {
      return Files.readAllBytes(path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return file;
  }
}
