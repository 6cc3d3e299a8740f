package io.videoml.ffmpeg;

import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What a decoder of FFmpeg's must be told first so that it finds the NAL units. It goes by the
 * private data alone: a record means lengths, anything else means start codes. Senders are known
 * that combine them otherwise.
 */
final class PrivateData {
  private static final byte[] START_CODE = {0, 0, 0, 1};
  private static final int AVC_FIXED = 5;
  private static final int HEVC_FIXED = 22;
  private static final int LARGEST = 1 << 24;

  private PrivateData() {}

  /** Returns the private data for a format's decoder. */
  static ByteBuffer of(EncodedFormat format, String source) {
    ByteBuffer data = format.privateData();
    if (data.remaining() > LARGEST) {
      throw new SourceException(
          Kind.CORRUPT, source, "its private data has " + data.remaining() + " bytes");
    }
    boolean avc = format.codec().equals("h264");
    if (!avc && !format.codec().equals("hevc")) {
      return data;
    }
    boolean record = data.remaining() > AVC_FIXED && data.get(data.position()) == 1;
    if (format.packaging() == Packaging.ANNEX_B && record) {
      return parameterSets(data, avc);
    }
    if (format.packaging() == Packaging.LENGTH_PREFIXED && !record) {
      return fourByteLengths(data, avc, format, source);
    }
    return data;
  }

  /** Makes a record that says nothing but the lengths' length; parameter sets come in band. */
  private static ByteBuffer fourByteLengths(
      ByteBuffer data, boolean avc, EncodedFormat format, String source) {
    if (data.hasRemaining()) {
      throw new SourceException(
          Kind.UNSUPPORTED,
          source,
          "has NAL units with lengths, but private data that is no record of "
              + format.codec()
              + "; send an avcC or hvcC record");
    }
    byte[] record = new byte[avc ? 7 : 23];
    record[0] = 1;
    record[avc ? 4 : 21] = (byte) 0xff;
    record[avc ? 5 : 22] = (byte) (avc ? 0xe0 : 0);
    return ByteBuffer.wrap(record);
  }

  /** Takes the parameter sets out of a record; what is cut off is left out. */
  private static ByteBuffer parameterSets(ByteBuffer record, boolean avc) {
    ByteArrayOutputStream sets = new ByteArrayOutputStream();
    try {
      record.position(record.position() + (avc ? AVC_FIXED : HEVC_FIXED));
      if (avc) {
        copySets(record, record.get() & 0x1f, sets);
        copySets(record, record.get() & 0xff, sets);
      } else {
        for (int arrays = record.get() & 0xff; arrays > 0; arrays--) {
          record.get();
          copySets(record, record.getShort() & 0xffff, sets);
        }
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // They may come in band as well.
    }
    return ByteBuffer.wrap(sets.toByteArray());
  }

  private static void copySets(ByteBuffer record, int count, ByteArrayOutputStream sets) {
    for (int i = 0; i < count; i++) {
      byte[] set = new byte[Math.min(record.getShort() & 0xffff, record.remaining())];
      record.get(set);
      sets.writeBytes(START_CODE);
      sets.writeBytes(set);
    }
  }
}
