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
  private static final int BUFFERS = 1 << 4;
  private static final int EVENTS_UPSTREAM = 1 << 7;
  private static final int QUERIES_UPSTREAM = 1 << 10;
  private static final int DROP = 0;
  private static final int PASS = 1;
  private static final int REMOVE = 2;

  // Fields, because native code holds on to them and the collector does not know.
  private final Gst.ConfigureCallback onConfigure = (factory, media, data) -> configure(media);
  private final Gst.PreparedCallback onPrepared = (media, data) -> prepared(media);
  private final Gst.ProbeCallback onFrame = (pad, info, data) -> frame(pad);
  private final Gst.ProbeCallback onRequest = (pad, info, data) -> request(info);
  private final Gst.ProbeCallback onFileFrame =
      (pad, info, data) -> {
        ProbeInfo.showWhenDecoded(info);
        return PASS;
      };
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
    if (settings.has("file")) {
      set("src", "location", settings.text("file").orElseThrow());
      probe(BUFFERS, onFileFrame);
    } else {
      set("src", "num-buffers", Integer.toString(settings.integer("frames")));
    }
    apply();
    probe(EVENTS_UPSTREAM | QUERIES_UPSTREAM, onRequest);
    if (settings.has("midGop")) {
      withheld.put(probe(BUFFERS, onFrame), Math.max(1, settings.integer("gop") / 4));
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

  private long probe(int what, Gst.ProbeCallback callback) {
    long pace = Gst.gst_bin_get_by_name(element, "pace");
    long pad = Gst.gst_element_get_static_pad(pace, "src");
    Gst.gst_pad_add_probe(pad, what, callback, NULL, NULL);
    Gst.gst_object_unref(pad);
    Gst.gst_object_unref(pace);
    return pad;
  }

  private int frame(long pad) {
    int left = withheld.getOrDefault(pad, 0);
    if (left == 0) {
      withheld.remove(pad);
      return REMOVE;
    }
    withheld.put(pad, left - 1);
    return DROP;
  }

  /**
   * Denies that one can seek. Else every client that plays "from 0" starts the picture anew, for
   * all the others too; a camera goes on, and who joins waits for its next key frame.
   */
  private static int request(long info) {
    return ProbeInfo.isSeek(info) ? DROP : PASS;
  }

  private void set(String name, String property, String value) {
    long child = Gst.gst_bin_get_by_name(element, name);
    if (child != NULL) {
      Gst.gst_util_set_object_arg(child, property, value);
      Gst.gst_object_unref(child);
    }
  }
}
