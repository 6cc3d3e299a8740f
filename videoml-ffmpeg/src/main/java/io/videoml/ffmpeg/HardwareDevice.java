package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_hw_config;
import static org.bytedeco.ffmpeg.global.avutil.av_buffer_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_ctx_create;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_find_type_by_name;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_get_type_name;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecHWConfig;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVHWDeviceContext;
import org.bytedeco.ffmpeg.avutil.AVHWFramesContext;

/** GPUs and the like that decode. */
final class HardwareDevice {
  private HardwareDevice() {}

  /**
   * Gives the decoder a device, where one is wanted, works, and knows the codec; else the CPU
   * decodes.
   */
  static void attach(HardwareDecode wanted, AVCodec codec, AVCodecContext context) {
    if (wanted == HardwareDecode.NONE) {
      return;
    }
    int type =
        wanted == HardwareDecode.AUTO ? -1 : av_hwdevice_find_type_by_name(wanted.deviceName());
    for (int i = 0; ; i++) {
      AVCodecHWConfig config = avcodec_get_hw_config(codec, i);
      if (config == null) {
        return;
      }
      boolean usable = (config.methods() & AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0;
      if (!usable || (type != -1 && config.device_type() != type)) {
        continue;
      }
      AVBufferRef device = new AVBufferRef(null);
      if (av_hwdevice_ctx_create(
              device, config.device_type(), (String) null, (AVDictionary) null, 0)
          >= 0) {
        context.hw_device_ctx(device); // the context frees it
        return;
      }
      av_buffer_unref(device);
    }
  }

  /** Returns the name of the device that holds a picture. */
  static String name(AVFrame frame) {
    AVHWFramesContext frames = new AVHWFramesContext(frame.hw_frames_ctx().data());
    AVHWDeviceContext device = frames.device_ctx();
    return av_hwdevice_get_type_name(device.type()).getString();
  }

  /** Returns the layout in which a device's picture is copied to main memory. */
  static int downloadFormat(AVFrame frame) {
    return new AVHWFramesContext(frame.hw_frames_ctx().data()).sw_format();
  }
}
