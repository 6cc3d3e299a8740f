package io.videoml.testkit.rtsp;

import static io.videoml.testkit.rtsp.Gst.NULL;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is served: builds the pipeline of each playing, and changes the one that plays. Runs in the
 * serving process.
 *
 * <p>Threading: settings come from the thread that obeys, the callbacks on GStreamer's threads.
 */
final class CameraStream {
  private static final int PROBE_BUFFERS = 1 << 4;
  private static final int PROBE_DROP = 0;
  private static final int PROBE_REMOVE = 2;

  // Fields, because native code holds on to them and the collector does not know.
  private final Gst.ConfigureCallback onConfigure = (factory, media, data) -> configure(media);
  private final Gst.PreparedCallback onPrepared = (media, data) -> prepared(media);
  private final Gst.ProbeCallback onFrame = (pad, info, data) -> frame(pad);
  private final SenderClock clock = new SenderClock();

  /** How many more frames each pad withholds. */
  private final Map<Long, Integer> withheld = new ConcurrentHashMap<>();

  private volatile CameraSettings settings;

  /** The last one only: those that left would keep their files open. */
  private long element = NULL;

  CameraStream(CameraSettings settings) {
    this.settings = settings;
  }

  /** Makes it the stream that the factory serves. */
  void serveBy(long factory) {
    Gst.gst_rtsp_media_factory_set_launch(factory, PipelineText.of(settings));
    Gst.gst_rtsp_media_factory_set_shared(factory, true);
    Gst.gst_rtsp_media_factory_set_protocols(factory, settings.integer("transports"));
    Gst.g_signal_connect_data(factory, "media-configure", onConfigure, NULL, NULL, 0);
  }

  /** Changes what is playing, and what will. */
  synchronized void change(CameraSettings changed) {
    settings = changed;
    clock.offsetNanos = changed.longInteger("clock");
    if (element != NULL) {
      apply();
    }
  }

  private synchronized void configure(long media) {
    if (element != NULL) {
      Gst.gst_object_unref(element);
    }
    element = Gst.gst_rtsp_media_get_element(media);
    clock.offsetNanos = settings.longInteger("clock");
    settings.text("file").ifPresent(file -> set("src", "location", file));
    set("pace", "eos-after", Integer.toString(settings.integer("frames")));
    apply();
    if (settings.has("midGop")) {
      withholdKeyFrame();
    }
    Gst.g_signal_connect_data(media, "prepared", onPrepared, NULL, NULL, 0);
  }

  private void apply() {
    if (!settings.has("file")) {
      set("size", "caps", PipelineText.picture(settings));
    }
    set("loss", "drop-probability", Double.toString(settings.number("loss") / 100));
    double speed = settings.number("speed");
    long microsPerFrame = Math.round(1_000_000 / (settings.integer("fps") * speed));
    set("pace", "sleep-time", speed >= 1 ? "0" : Long.toString(microsPerFrame));
  }

  /** From then on there are RTP sessions, which tell the time. */
  private void prepared(long media) {
    int streams = Gst.gst_rtsp_media_n_streams(media);
    for (int i = 0; i < streams; i++) {
      long session = Gst.gst_rtsp_stream_get_rtpsession(Gst.gst_rtsp_media_get_stream(media, i));
      if (session != NULL) {
        clock.rule(session);
        Gst.g_object_unref(session);
      }
    }
  }

  private void withholdKeyFrame() {
    long pace = Gst.gst_bin_get_by_name(element, "pace");
    long pad = Gst.gst_element_get_static_pad(pace, "src");
    withheld.put(pad, Math.max(1, settings.integer("gop") / 4));
    Gst.gst_pad_add_probe(pad, PROBE_BUFFERS, onFrame, NULL, NULL);
    Gst.gst_object_unref(pad);
    Gst.gst_object_unref(pace);
  }

  private int frame(long pad) {
    int left = withheld.getOrDefault(pad, 0);
    if (left == 0) {
      withheld.remove(pad);
      return PROBE_REMOVE;
    }
    withheld.put(pad, left - 1);
    return PROBE_DROP;
  }

  private void set(String name, String property, String value) {
    long child = Gst.gst_bin_get_by_name(element, name);
    if (child != NULL) {
      Gst.gst_util_set_object_arg(child, property, value);
      Gst.gst_object_unref(child);
    }
  }
}
