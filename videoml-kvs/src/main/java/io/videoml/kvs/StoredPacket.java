package io.videoml.kvs;

import io.videoml.frame.ResumePosition;
import io.videoml.kvs.Place.Shown;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketInfo;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A frame of a fragment that waits to be passed on, and then is. */
final class StoredPacket implements EncodedPacket {
  final Fragment fragment;
  final EncodedFormat format;
  final long pts;
  final Shown shown;
  final boolean keyFrame;
  final long arrivalNanos;
  private final FrameStore.Stored data;
  private @Nullable PacketInfo info;
  private boolean last;

  /**
   * What the frames of a fragment share.
   *
   * @param number of the service
   * @param start from where to ask for it, or for an earlier one where it does not begin with a key
   *     frame; null where unknown
   * @param alone whether fragments can be expected to need none before them
   * @param times when its pictures were taken
   */
  record Fragment(
      FragmentNumber number, @Nullable KvsStart start, boolean alone, CaptureTimes times) {}

  StoredPacket(
      Fragment fragment,
      EncodedFormat format,
      long pts,
      Shown shown,
      boolean keyFrame,
      long arrivalNanos,
      FrameStore.Stored data) {
    this.fragment = fragment;
    this.format = format;
    this.pts = pts;
    this.shown = shown;
    this.keyFrame = keyFrame;
    this.arrivalNanos = arrivalNanos;
    this.data = data;
  }

  /** Says what is known once it is passed on. */
  void place(long dts, boolean key, boolean discontinuity, boolean decodeOnly) {
    info =
        new PacketInfo(
            format,
            pts,
            dts,
            key,
            discontinuity,
            decodeOnly,
            fragment.times().at(pts),
            fragment.times().clock(),
            arrivalNanos);
  }

  /** Says that no other frame of its fragment is shown later. */
  void last() {
    last = true;
  }

  int size() {
    return data.size();
  }

  void release() {
    data.release();
  }

  @Override
  public PacketInfo info() {
    if (info == null) {
      throw new IllegalStateException("not passed on yet");
    }
    return info;
  }

  @Override
  public ByteBuffer data() {
    return data.view();
  }

  @Override
  public Optional<ResumePosition> position() {
    if (last && fragment.alone()) {
      return Optional.of(Place.after(fragment.number()).position());
    }
    return fragment.start() == null
        ? Optional.empty()
        : Optional.of(
            new Place(fragment.start(), fragment.number(), Optional.of(shown)).position());
  }
}
