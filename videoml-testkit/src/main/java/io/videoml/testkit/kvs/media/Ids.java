package io.videoml.testkit.kvs.media;

import java.util.Set;

/** The elements of Matroska that matter here, by id (RFC 9559). */
final class Ids {
  static final int EBML = 0x1A45DFA3;
  static final int SEGMENT = 0x18538067;
  static final int INFO = 0x1549A966;
  static final int TIMESTAMP_SCALE = 0x2AD7B1;
  static final int TRACKS = 0x1654AE6B;
  static final int TRACK_ENTRY = 0xAE;
  static final int TRACK_NUMBER = 0xD7;
  static final int TRACK_TYPE = 0x83;
  static final int CODEC_ID = 0x86;
  static final int CODEC_PRIVATE = 0x63A2;
  static final int TAGS = 0x1254C367;
  static final int TAG = 0x7373;
  static final int SIMPLE_TAG = 0x67C8;
  static final int TAG_NAME = 0x45A3;
  static final int TAG_STRING = 0x4487;
  static final int CLUSTER = 0x1F43B675;
  static final int TIMESTAMP = 0xE7;
  static final int SIMPLE_BLOCK = 0xA3;
  static final int BLOCK_GROUP = 0xA0;
  static final int BLOCK = 0xA1;
  static final int REFERENCE_BLOCK = 0xFB;
  static final int VOID = 0xEC;
  static final int CRC_32 = 0xBF;
  private static final int SEEK_HEAD = 0x114D9B74;
  private static final int CUES = 0x1C53BB6B;
  private static final int CHAPTERS = 0x1043A770;
  private static final int ATTACHMENTS = 0x1941A469;

  /** What may stand in a segment; one of them ends a cluster of unknown size. */
  private static final Set<Integer> OF_SEGMENT =
      Set.of(SEEK_HEAD, INFO, TRACKS, TAGS, CLUSTER, CUES, CHAPTERS, ATTACHMENTS, EBML, SEGMENT);

  private Ids() {}

  static boolean endCluster(int id) {
    return OF_SEGMENT.contains(id);
  }

  static boolean inSegment(int id) {
    return OF_SEGMENT.contains(id) || id == VOID || id == CRC_32;
  }
}
