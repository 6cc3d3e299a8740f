package io.videoml.sampling;

import io.videoml.frame.OwnedFrame;
import io.videoml.frame.ResumePosition;
import io.videoml.sampling.FrameSequences.Shot;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.StreamInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads a generated stream.
 *
 * @param live whether frames are lost when not taken
 * @param heeds whether frames that nobody demands are passed over
 */
@SuppressWarnings("serial") // stays in this process
record SequenceSource(List<Shot> shots, boolean live, boolean heeds) implements FrameSource {
  @Override
  public String id() {
    return "sequence";
  }

  @Override
  public boolean endless() {
    return false;
  }

  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    return new Reader(demand);
  }

  private final class Reader implements FrameReader {
    private DecodeDemand demand;
    private DecodeDemand decoding;
    private int next;
    private long notDemanded;

    Reader(DecodeDemand demand) {
      this.demand = demand;
      this.decoding = demand;
    }

    @Override
    public boolean tryAdvance(FrameHandler handler) {
      while (next < shots.size()) {
        Shot shot = shots.get(next++);
        if (wanted(shot)) {
          try (OwnedFrame frame = shot.packed()) {
            handler.onFrame(frame);
          }
          return true;
        }
        notDemanded++;
      }
      return false;
    }

    private boolean wanted(Shot shot) {
      boolean key = shot.info().keyFrame();
      decoding = key ? demand : demand.and(decoding);
      return !heeds || key || decoding != DecodeDemand.KEY_FRAMES;
    }

    @Override
    public void demand(DecodeDemand wanted) {
      demand = wanted;
    }

    @Override
    public long notDemanded() {
      return notDemanded;
    }

    @Override
    public StreamInfo stream() {
      return new StreamInfo(
          "none", 2, 2, OptionalDouble.empty(), Optional.empty(), "none", Optional.empty());
    }

    @Override
    public void close() {}
  }
}
