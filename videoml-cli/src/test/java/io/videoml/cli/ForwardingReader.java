package io.videoml.cli;

import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameReader;
import io.videoml.source.StreamInfo;
import java.util.OptionalLong;

/** Another reader, and a call before each of its frames. */
record ForwardingReader(FrameReader reader, Runnable beforeFrame) implements FrameReader {
  @Override
  public boolean tryAdvance(FrameHandler handler) {
    return reader.tryAdvance(
        frame -> {
          beforeFrame.run();
          handler.onFrame(frame);
        });
  }

  @Override
  public void demand(DecodeDemand demand) {
    reader.demand(demand);
  }

  @Override
  public long notDemanded() {
    return reader.notDemanded();
  }

  @Override
  public OptionalLong bytesReceived() {
    return reader.bytesReceived();
  }

  @Override
  public StreamInfo stream() {
    return reader.stream();
  }

  @Override
  public void close() {
    reader.close();
  }
}
