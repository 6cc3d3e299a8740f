package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_HWDEVICE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.av_buffer_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_ctx_create;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_get_type_name;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_iterate_types;
import static org.bytedeco.ffmpeg.global.avutil.av_version_info;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Tries what FFmpeg, which is loaded, can do here. */
final class SupportProbe {
  private SupportProbe() {}

  static FfmpegSupport probe() {
    List<FfmpegSupport.Device> devices = new ArrayList<>();
    int type = av_hwdevice_iterate_types(AV_HWDEVICE_TYPE_NONE);
    while (type != AV_HWDEVICE_TYPE_NONE) {
      String name = av_hwdevice_get_type_name(type).getString();
      devices.add(new FfmpegSupport.Device(name, opens(type)));
      type = av_hwdevice_iterate_types(type);
    }
    return new FfmpegSupport(Optional.of(av_version_info().getString()), Optional.empty(), devices);
  }

  private static boolean opens(int type) {
    AVBufferRef device = new AVBufferRef(null);
    boolean opened =
        av_hwdevice_ctx_create(device, type, (String) null, (AVDictionary) null, 0) >= 0;
    av_buffer_unref(device); // does nothing where there is none
    return opened;
  }
}
