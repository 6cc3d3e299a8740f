package io.videoml.kvs;

import io.videoml.frame.CaptureClock;
import io.videoml.kvs.Counters.Count;
import io.videoml.kvs.Place.Shown;
import io.videoml.kvs.fragment.FragmentHandler;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.kvs.fragment.KvsFragment;
import io.videoml.kvs.fragment.KvsFrame;
import io.videoml.kvs.fragment.KvsTrack;
import io.videoml.kvs.fragment.ServiceError;
import io.videoml.packet.EncodedFormat;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes packets of the fragments of all sessions: passes over what was delivered before, and holds
 * fragments back until they are complete, if wanted.
 *
 * <p>Threading: one thread.
 */
final class FragmentPackets implements FragmentHandler {
  /**
   * What is wanted.
   *
   * @param delivery when frames are passed on
   * @param clock whose capture times
   * @param skipResent whether fragments that the producer sent again are passed over
   * @param mostHeld the most bytes of a fragment that are held back
   */
  record Wanted(KvsDelivery delivery, CaptureClock clock, boolean skipResent, int mostHeld) {}

  private final Wanted wanted;
  private final Progress progress;
  private final Reports reports;
  private final Pace pace;
  private final Formats formats;
  private final PacketOutput output;
  private final FrameStore store = new FrameStore();
  private final Resent resent = new Resent();
  private final List<StoredPacket> held = new ArrayList<>();
  private long heldBytes;
  private Resent.@Nullable Time partialTime;
  private @Nullable KvsStart keyStart; // from where the last key frame's fragment is asked for
  private boolean keyless; // some fragment began without a key frame
  private @Nullable ServiceError error;
  private @Nullable SourceException failure;
  private long arrivalNanos;
  private boolean cutting;
  private long completed;

  // Of the fragment that is read; the number is null where it is passed over.
  private @Nullable KvsFragment fragment;
  private @Nullable FragmentNumber number;
  private @Nullable KvsTrack video;
  private @Nullable EncodedFormat format;
  private StoredPacket.@Nullable Fragment shared;
  private boolean resending;
  private boolean holding;
  private boolean announced;
  private int skip;
  private int frames;

  FragmentPackets(
      Wanted wanted, Progress progress, PacketOutput output, Reports reports, Pace pace) {
    this.wanted = wanted;
    this.progress = progress;
    this.output = output;
    this.reports = reports;
    this.pace = pace;
    // Frame by frame the depth of reordering is a guess, of which decoders must not make delay.
    this.formats = new Formats(reports.source(), wanted.delivery() == KvsDelivery.FRAGMENT);
  }

  /** Says when the bytes came that are read next. */
  void arriving(long nanos) {
    arrivalNanos = nanos;
  }

  /** Says whether the session was cut, so that what ends now will come again. */
  void cutting(boolean cut) {
    cutting = cut;
  }

  /** Returns how many fragments became complete. */
  long completed() {
    return completed;
  }

  /** Returns what cannot be delivered, and ends the stream; null as long as there is nothing. */
  @Nullable SourceException failure() {
    return failure;
  }

  /** Returns, once, what the service put into the stream in place of a fragment. */
  @Nullable ServiceError takeError() {
    ServiceError taken = error;
    error = null;
    return taken;
  }

  @Override
  public void onStart(KvsFragment starting) {
    forget();
    fragment = starting;
    FragmentNumber its = starting.number();
    if (its == null || failure != null) {
      return;
    }
    if (progress.handled(its)) {
      reports.duplicate(its, /* resent= */ false);
      return;
    }
    if (wanted.skipResent() && resent.contains(starting)) {
      resending = true;
      reports.duplicate(its, /* resent= */ true);
      return;
    }
    video = starting.video().orElse(null);
    if (video == null) {
      failure =
          new SourceException(
              Kind.UNSUPPORTED,
              reports.source(),
              "fragment %s has no video track; sound is not read".formatted(its));
      return;
    }
    if (wanted.skipResent()
        && partialTime != null
        && partialTime.equals(Resent.Time.of(starting))) {
      progress.renumbered(its); // what was cut off at the producer's side comes as a whole
    }
    number = its;
    skip = progress.delivered(its);
    holding = wanted.delivery() == KvsDelivery.FRAGMENT && skip == 0;
    progress.begins(starting);
  }

  @Override
  public void onFrame(KvsFrame frame) {
    KvsFragment reading = fragment;
    if (number == null
        || reading == null
        || video == null
        || frame.track().number() != video.number()) {
      return;
    }
    int place = frames++;
    if (frame.size() == 0) { // to decoders, that is the end of the stream
      if (place >= skip) {
        reports.count(Count.FRAMES);
        reports.count(Count.UNDECODABLE);
      }
      return;
    }
    if (shared == null) {
      shared = shared(number, reading, frame.keyFrame());
    }
    if (place < skip) {
      return;
    }
    try {
      take(shared, reading, frame);
    } catch (SourceException e) { // of no use to the reader of fragments, which calls
      failure = e;
      number = null;
    }
  }

  private void take(StoredPacket.Fragment its, KvsFragment reading, KvsFrame frame) {
    if (format == null) {
      format = formats.of(frame.track(), frame.data());
    }
    long offset = frame.timecodeNanos() - reading.clusterTimecodeNanos();
    StoredPacket packet =
        new StoredPacket(
            its,
            format,
            frame.timecodeNanos(),
            new Shown(offset, frame.index()),
            frame.keyFrame(),
            arrivalNanos,
            store.put(frame.data()));
    if (!holding) {
      pass(packet);
      return;
    }
    held.add(packet);
    heldBytes += packet.size();
    if (heldBytes > wanted.mostHeld()) { // rather than to hold without bound, or to fail
      holding = false;
      passHeld();
    }
  }

  private void passHeld() {
    output.learn(held);
    held.forEach(this::pass);
    held.clear();
    heldBytes = 0;
  }

  private void pass(StoredPacket packet) {
    FragmentNumber its = packet.fragment.number();
    boolean first = !announced && skip == 0;
    if (!announced) {
      announced = true;
      progress
          .gapBefore(its)
          .ifPresent(
              gap -> {
                reports.gap(gap);
                output.gap();
              });
      if (first) {
        output.begin(packet.pts);
      }
    }
    output.add(packet, first);
    progress.delivered(its, frames);
    partialTime = fragment == null ? null : Resent.Time.of(fragment);
  }

  @Override
  public void onEnd(KvsFragment ended) {
    reports.counters().behind(ended.millisBehindNow());
    if (ended.error() != null && error == null) {
      error = ended.error();
    }
    FragmentNumber its = ended.number();
    if (its != null && failure == null && !progress.handled(its)) {
      if (ended.complete()) {
        complete(its, ended);
      } else {
        reports.incomplete();
        if (!cutting && ended.error() == null && !resending) {
          progress.passes(its);
        }
      }
    }
    forget();
  }

  private void complete(FragmentNumber its, KvsFragment ended) {
    if (!held.isEmpty()) {
      Collections.max(held, Comparator.comparing(packet -> packet.shown)).last();
      passHeld();
    }
    completed++;
    if (resending) {
      progress.again(its);
      return;
    }
    reports.count(Count.COMPLETE);
    resent.add(ended);
    output.completed();
    progress.completes(its, ended.producerTime());
    partialTime = null;
  }

  private StoredPacket.Fragment shared(
      FragmentNumber its, KvsFragment reading, boolean startsWithKey) {
    if (startsWithKey) {
      FragmentNumber previous = progress.complete();
      keyStart =
          previous != null
              ? KvsStart.after(previous)
              : reading.serverTime() == null ? null : KvsStart.serverTime(reading.serverTime());
    }
    keyless |= !startsWithKey;
    return new StoredPacket.Fragment(
        its, keyStart, /* alone= */ !keyless, CaptureTimes.of(reading, wanted.clock(), pace));
  }

  private void forget() {
    held.forEach(StoredPacket::release);
    held.clear();
    heldBytes = 0;
    fragment = null;
    number = null;
    video = null;
    format = null;
    shared = null;
    resending = false;
    announced = false;
    skip = 0;
    frames = 0;
  }
}
