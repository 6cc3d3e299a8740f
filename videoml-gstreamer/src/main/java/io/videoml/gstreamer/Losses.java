package io.videoml.gstreamer;

import java.util.ArrayList;
import java.util.List;

/** Counts the video packets of RTP that never came, or too late. */
final class Losses implements AutoCloseable {
  private final List<Long> buffers = new ArrayList<>();
  private long before;

  private Losses() {}

  /** Finds the jitter buffers of a pipeline that runs. */
  static Losses in(Pipe pipe) {
    Losses losses = new Losses();
    pipe.forEach(
        element -> {
          long factory = Gst.gst_element_get_factory(element);
          if (factory != 0
              && Natives.take(Gst.gst_object_get_name(factory)).equals("rtpjitterbuffer")
              && ofVideo(element)) {
            losses.buffers.add(GObjects.g_object_ref(element));
          }
        });
    losses.before = losses.count();
    return losses;
  }

  /** Returns whether more were lost since the last call. */
  boolean more() {
    if (buffers.isEmpty()) {
      return false;
    }
    long now = count();
    boolean more = now > before;
    before = now;
    return more;
  }

  private long count() {
    long lost = 0;
    for (long buffer : buffers) {
      lost += Props.counters(buffer, "stats", "num-lost", "num-late");
    }
    return lost;
  }

  private static boolean ofVideo(long jitterBuffer) {
    long pad = Gst.gst_element_get_static_pad(jitterBuffer, "sink");
    long caps = pad == 0 ? 0 : Gst.gst_pad_get_current_caps(pad);
    boolean video =
        caps != 0 && Natives.take(Gst.gst_caps_to_string(caps)).contains("media=(string)video");
    if (caps != 0) {
      Gst.gst_mini_object_unref(caps);
    }
    if (pad != 0) {
      Gst.gst_object_unref(pad);
    }
    return video;
  }

  @Override
  public void close() {
    buffers.forEach(Gst::gst_object_unref);
    buffers.clear();
  }
}
