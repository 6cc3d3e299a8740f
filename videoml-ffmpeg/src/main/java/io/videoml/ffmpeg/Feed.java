package io.videoml.ffmpeg;

import io.videoml.source.DecodeDemand;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Packets on their way into the decoder, or past it. */
final class Feed {
  private final PacketQueue packets;
  private final VideoDecoder decoder;
  private final Timeline timeline;
  private final Selection selection;
  private final Placing placing;
  private final Sleep sleep;
  private boolean draining;
  private boolean fallingAsleep;
  private boolean changing;
  private long drainFor;
  private boolean ended;

  Feed(
      PacketQueue packets,
      VideoDecoder decoder,
      Timeline timeline,
      Selection selection,
      Placing placing,
      Sleep sleep) {
    this.packets = packets;
    this.decoder = decoder;
    this.timeline = timeline;
    this.selection = selection;
    this.placing = placing;
    this.sleep = sleep;
    begin();
  }

  /** Goes to the key frame before a place, and passes everything up to that place. */
  void resumeAfter(ResumeToken token, TimeBase base, String source) {
    placing.skipThrough(token);
    if (!timeline.timed() || !packets.seekBefore(token.ticks(), base, source)) {
      return; // counts from the start
    }
    timeline.resumeAfter(token);
    decoder.flush();
    selection.startAt(packets.ticks());
  }

  /** Does one step, after which a picture may come out. */
  void advance() {
    if (draining) {
      drained();
    } else {
      feed();
    }
  }

  /** Returns whether nothing comes any more. */
  boolean ended() {
    return ended;
  }

  /** Takes note that a packet's picture came out by itself. */
  void cameOut(long sequence) {
    if (sequence == drainFor) {
      drainFor = 0;
    }
  }

  /** Returns whether a picture came of a key frame's packet, whatever it turned out to be. */
  boolean isKeyFrame(Sight sight) {
    return sight.sequence() == 0 ? sight.keyFrame() : placing.sent().key(sight.sequence());
  }

  /** Wakes up, and decodes what was held. */
  void wake() {
    decoder.flush();
    draining = false;
    drainFor = 0;
    sleep.wake(packets, timeline.nanos());
  }

  private void feed() {
    if (drainFor != 0 || !packets.fetch()) {
      drain();
      return;
    }
    if (packets.startsRun()) {
      finishRun();
      return;
    }
    boolean key = packets.key();
    long ticks = packets.ticks();
    if (selection.adopt(key, ticks, sleep.asleep())) {
      sleep.disable(placing::passOver);
      begin();
    }
    if (sleep.asleep()) {
      feedAsleep(key);
    } else if (selection.active() == DecodeDemand.MOVING && sleepsAt(key)) {
      fallingAsleep = true;
      drain();
    } else {
      feedAwake(key, ticks);
    }
  }

  /** Has everything that came before a new run come out. */
  private void finishRun() {
    if (sleep.asleep()) {
      wake();
    } else {
      changing = true;
      drain();
    }
  }

  private boolean sleepsAt(boolean key) {
    return sleep.sleepsAt(key) && !packets.decodeOnly();
  }

  /** Begins to do what is demanded. */
  private void begin() {
    decoder.demand(selection.active());
    if (selection.active() == DecodeDemand.MOVING) {
      sleep.enable();
    }
  }

  private void feedAwake(boolean key, long ticks) {
    DecodeDemand active = selection.active();
    if (active == DecodeDemand.MOVING) {
      sleep.pass(key, ticks, packets.bytes());
    }
    boolean delivered = packets.delivered();
    boolean decodeOnly = packets.decodeOnly();
    AVPacket packet = packets.take();
    if (selection.leading(key, ticks) || (active == DecodeDemand.KEY_FRAMES && !key)) {
      passOver(ticks, decodeOnly);
      return;
    }
    if (active == DecodeDemand.REFERENCE_FRAMES && !delivered) {
      passOver(ticks, decodeOnly);
    }
    long sequence = send(packet, key);
    if (delivered) {
      placing.skip(sequence, ticks);
    }
    if (active == DecodeDemand.KEY_FRAMES) {
      drainFor = sequence;
      lookAhead(ticks);
    }
  }

  /** Notes a packet whose frame may never come out, unless it would not go out anyway. */
  private void passOver(long ticks, boolean decodeOnly) {
    if (!decodeOnly) {
      placing.passOver(ticks);
    }
  }

  private long send(AVPacket packet, boolean key) {
    long sequence = placing.sent().stamp(packet, packets, key);
    decoder.send(packet);
    return sequence;
  }

  /** Holds the next packet, and decodes a key frame to look at it. */
  private void feedAsleep(boolean key) {
    if (!sleep.hold(packets)) {
      wake();
      return;
    }
    AVPacket keyFrame = key ? sleep.keyFrameToLookAt() : null;
    if (keyFrame != null) {
      drainFor = send(keyFrame, /* key= */ true);
      holdAhead();
    }
  }

  private void drain() {
    drainFor = 0;
    draining = true;
    decoder.send(null);
  }

  /** The decoder holds nothing any more. */
  private void drained() {
    if (sleep.looking() && sleep.judge(null) == Sleep.Verdict.MOVED) {
      wake();
    } else if (packets.ended() && sleep.holdsUnseen()) {
      wake(); // no key frame comes any more that could tell
    } else if (packets.ended()) {
      ended = true;
      sleep.disable(placing::passOver);
      timeline.end();
    } else if (changing) {
      beginRun();
    } else {
      draining = false;
      decoder.flush();
      if (fallingAsleep) {
        fallingAsleep = false;
        sleep.fallAsleep();
      }
    }
  }

  /** Takes another decoder for the packets that come now. */
  private void beginRun() {
    decoder.reopen(packets.beginRun());
    draining = false;
    changing = false;
    timeline.beginRun();
    selection.startAfresh();
  }

  /**
   * Reads on until nothing shown before a key frame can follow: frames of an open group come after
   * it in storage. One packet, as a rule.
   */
  private void lookAhead(long keyTicks) {
    if (!timeline.timed() || !decoder.reorders()) {
      return;
    }
    while (packets.fetch() && !packets.key() && !packets.startsRun()) {
      long ticks = packets.ticks();
      boolean decodeOnly = packets.decodeOnly();
      packets.take();
      passOver(ticks, decodeOnly);
      if (ticks > keyTicks) {
        return;
      }
    }
  }

  /** Does the same while asleep. */
  private void holdAhead() {
    while (decoder.reorders() && sleep.leading() && packets.fetch() && !packets.key()) {
      if (!sleep.hold(packets)) {
        wake();
        return;
      }
    }
  }
}
