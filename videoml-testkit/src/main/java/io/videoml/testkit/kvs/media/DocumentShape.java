package io.videoml.testkit.kvs.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** How documents look that are made of what producers send; all say the same. */
public enum DocumentShape {
  /** Clusters have sizes where the producer gave them. */
  AS_SENT,
  /** Clusters have sizes, as with producers that write whole clusters. */
  KNOWN_SIZES,
  /** Clusters have no sizes, as with the C producer. */
  UNKNOWN_SIZES,
  /** With what a reader must skip: an index, gaps, and checksums. */
  PADDED;

  private static final int SEEK_HEAD = 0x114D9B74;
  private static final int SEEK = 0x4DBB;
  private static final int SEEK_ID = 0x53AB;
  private static final int SEEK_POSITION = 0x53AC;
  private static final int GAP = 148;

  /** Returns what follows the start of the segment. */
  byte[] afterSegment() {
    if (this != PADDED) {
      return new byte[0];
    }
    byte[] seek =
        new EbmlOutput()
            .wide(SEEK_ID, new EbmlOutput().id(Ids.INFO).toByteArray())
            .wide(SEEK_POSITION, new byte[] {0, 0, 0, 0, 0, 0, 2, 0})
            .toByteArray();
    return new EbmlOutput()
        .wide(SEEK_HEAD, new EbmlOutput().wide(SEEK, seek).toByteArray())
        .wide(Ids.VOID, new byte[GAP])
        .toByteArray();
  }

  /** Returns what stands before the cluster: these tags. */
  byte[] tags(byte[] tags, int headerLength) {
    if (this != PADDED) {
      return tags;
    }
    byte[] content = java.util.Arrays.copyOfRange(tags, headerLength, tags.length);
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] sum =
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue()).array();
    EbmlOutput checked = new EbmlOutput().wide(Ids.CRC_32, sum).raw(content);
    return new EbmlOutput()
        .wide(Ids.TAGS, checked.toByteArray())
        .wide(Ids.VOID, new byte[GAP])
        .toByteArray();
  }

  /** Returns id and size of a cluster. */
  byte[] clusterHeader(byte[] sent, long contentLength, boolean complete) {
    if (this == UNKNOWN_SIZES) {
      return new EbmlOutput().unknownSize(Ids.CLUSTER).toByteArray();
    }
    if (this == KNOWN_SIZES && complete) {
      byte[] header = new byte[12];
      ByteBuffer.wrap(header).putInt(Ids.CLUSTER).putLong(1L << 56 | contentLength);
      return header;
    }
    return sent;
  }
}
