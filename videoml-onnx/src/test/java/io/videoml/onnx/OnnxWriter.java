package io.videoml.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes small ONNX files: as much of the format (protocol buffers, onnx.proto) as the tests need.
 */
final class OnnxWriter {
  static final int FLOAT = 1;
  static final int UINT8 = 2;
  static final int INT8 = 3;
  static final int INT32 = 6;
  static final int INT64 = 7;
  static final int STRING = 8;
  static final int BOOL = 9;
  static final int FLOAT16 = 10;
  static final int DOUBLE = 11;

  private final Message graph = new Message().text(2, "test");
  private final Message metadata = new Message();
  private long opset = 13;
  private long irVersion = 8;

  /** Sizes are numbers, or names where they are open. */
  OnnxWriter input(String name, int type, Object... shape) {
    graph.message(11, value(name, type, shape));
    return this;
  }

  OnnxWriter output(String name, int type, Object... shape) {
    graph.message(12, value(name, type, shape));
    return this;
  }

  OnnxWriter node(String type, List<String> inputs, List<String> outputs, Message... attributes) {
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    outputs.forEach(output -> node.text(2, output));
    node.text(4, type);
    for (Message attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node);
    return this;
  }

  OnnxWriter constant(String name, long[] shape, float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return constant(name, FLOAT, shape, data.array());
  }

  OnnxWriter constant(String name, long... values) {
    ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asLongBuffer().put(values);
    return constant(name, INT64, new long[] {values.length}, data.array());
  }

  private OnnxWriter constant(String name, int type, long[] shape, byte[] data) {
    graph.message(5, tensor(name, type, shape).bytes(9, data));
    return this;
  }

  /** A constant whose values lie in another file. */
  OnnxWriter externalConstant(String name, String file, long... shape) {
    Message location = new Message().text(1, "location").text(2, file);
    graph.message(5, tensor(name, FLOAT, shape).message(13, location).number(14, 1));
    return this;
  }

  OnnxWriter metadata(String key, String value) {
    metadata.message(14, new Message().text(1, key).text(2, value));
    return this;
  }

  OnnxWriter opset(long version) {
    opset = version;
    return this;
  }

  OnnxWriter irVersion(long version) {
    irVersion = version;
    return this;
  }

  static Message ints(String name, long... values) {
    Message attribute = new Message().text(1, name);
    for (long value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, 7);
  }

  static Message integer(String name, long value) {
    return new Message().text(1, name).number(3, value).number(20, 2);
  }

  Path write(Path file) {
    Message model =
        new Message()
            .number(1, irVersion)
            .message(7, graph)
            .message(8, new Message().number(2, opset))
            .append(metadata);
    try {
      return Files.write(file, model.toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Message tensor(String name, int type, long[] shape) {
    Message tensor = new Message();
    for (long size : shape) {
      tensor.number(1, size);
    }
    return tensor.number(2, type).text(8, name);
  }

  private static Message value(String name, int type, Object[] shape) {
    Message sizes = new Message();
    for (Object size : shape) {
      Message dimension = new Message();
      sizes.message(
          1,
          size instanceof Integer number
              ? dimension.number(1, number)
              : dimension.text(2, size.toString()));
    }
    Message tensor = new Message().number(1, type).message(2, sizes);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A protocol buffer under construction. */
  static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.toBytes());
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    Message append(Message fields) {
      out.writeBytes(fields.toBytes());
      return this;
    }

    byte[] toBytes() {
      return out.toByteArray();
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
