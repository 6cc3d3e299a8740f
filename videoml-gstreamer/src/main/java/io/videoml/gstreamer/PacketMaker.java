package io.videoml.gstreamer;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.videoml.frame.CaptureClock;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.packet.PacketInfo;
import io.videoml.source.DecodeDemand;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes packets of the coded pictures of a camera, from the first key frame on. After a picture
 * that is damaged, or that there is no room for, all up to the next key frame are left out: none of
 * them can be decoded whole. A damaged key frame is passed on, since a bad line would else give
 * nothing at all, and what is lost may be of the picture before.
 *
 * <p>Threading: the thread that owns the stream, but for {@link #format}.
 */
final class PacketMaker implements AutoCloseable {
  private final String id;
  private final Feeder feeder = new Feeder(DecodeDemand.ALL, /* fromRtp= */ true);
  private final PacketTimes times = new PacketTimes();
  private @Nullable Decoding pictures;
  private volatile @Nullable EncodedFormat format;
  private Memory scratch = new Memory(1 << 16);
  private boolean begun;
  private boolean waiting = true; // for a key frame

  PacketMaker(String id) {
    this.id = id;
  }

  /** Returns how the pictures are encoded; null before the first came. */
  @Nullable EncodedFormat format() {
    return format;
  }

  /**
   * Takes note of how the pictures that come now are encoded.
   *
   * @throws SourceException if they are neither H.264 nor H.265
   */
  void adopt(Caps caps) {
    String codec = caps.codec();
    if (!codec.equals(Codec.H264.shortName()) && !codec.equals(Codec.HEVC.shortName())) {
      throw new SourceException(
          Kind.UNSUPPORTED,
          id,
          "sends " + codec + ", which is not passed on; set the camera to H.264 or H.265");
    }
    caps.frameRate().ifPresent(times::frameRate);
    pictures = new Decoding(caps, codec, "", "", /* keysUnknown= */ false);
    EncodedFormat next =
        new EncodedFormat(
            codec, Packaging.ANNEX_B, caps.width(), caps.height(), new byte[0], caps.frameRate());
    if (!Objects.equals(next, format)) {
      format = next;
    }
  }

  /**
   * Makes the packet of a buffer.
   *
   * @param lost whether something was lost on the way since the one before
   * @param room whether there is room for it
   * @return null where it is left out
   */
  @Nullable GstPacket make(long buffer, boolean lost, boolean room) {
    Decoding current = pictures;
    EncodedFormat encoded = format;
    if (current == null || encoded == null) {
      throw new IllegalStateException("a picture came before its caps");
    }
    Unit unit = feeder.look(buffer, current, lost);
    if (!room || (!unit.key() && (waiting || unit.corrupt()))) {
      waiting = true;
      return null;
    }
    boolean discontinuity = begun && (waiting || unit.corrupt());
    begun = true;
    waiting = false;
    times.next(unit.pts());
    return new GstPacket(info(encoded, unit, discontinuity), copy(buffer));
  }

  private PacketInfo info(EncodedFormat encoded, Unit unit, boolean discontinuity) {
    Instant told = unit.captured();
    return new PacketInfo(
        encoded,
        times.ptsNanos(),
        times.dtsNanos(),
        unit.key(),
        discontinuity,
        /* decodeOnly= */ false,
        told == null ? Instant.now().minusNanos(System.nanoTime() - unit.arrivalNanos()) : told,
        told == null ? CaptureClock.ARRIVAL : CaptureClock.RTCP_SENDER,
        unit.arrivalNanos());
  }

  private ByteBuffer copy(long buffer) {
    long size = Gst.gst_buffer_get_size(buffer);
    if (size > scratch.size()) {
      scratch.close();
      scratch = new Memory(2 * size);
    }
    long copied = Gst.gst_buffer_extract(buffer, 0, Pointer.nativeValue(scratch), size);
    byte[] bytes = new byte[Math.toIntExact(copied)];
    scratch.read(0, bytes, 0, bytes.length);
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  @Override
  public void close() {
    scratch.close();
  }
}
