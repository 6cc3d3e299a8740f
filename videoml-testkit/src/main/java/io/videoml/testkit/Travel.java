package io.videoml.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes objects apart and puts them together again, as on a way to another machine. */
public final class Travel {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Travel() {}

  /**
   * Returns a copy that was serialized and read again.
   *
   * @throws UncheckedIOException if it cannot travel
   */
  @SuppressWarnings({"unchecked", "BanSerializableRead"}) // reads only what it has written itself
  public static <T> T roundTrip(T object) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(object);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (T) in.readObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the way to the first object that is not serializable; empty where none is found. */
  static Optional<String> fault(Object object) {
    return Optional.ofNullable(new Travel().search(object, ""));
  }

  private @Nullable String search(@Nullable Object object, String way) {
    if (object == null || !seen.add(object)) {
      return null;
    }
    if (!(object instanceof Serializable)) {
      return object.getClass().getName() + " is not Serializable" + way;
    }
    if (object instanceof Object[] array) {
      return searchAll(Arrays.asList(array), way);
    }
    if (object instanceof Collection<?> elements) {
      return searchAll(elements, way);
    }
    if (object instanceof Map<?, ?> map) {
      String inKeys = searchAll(map.keySet(), way);
      return inKeys != null ? inKeys : searchAll(map.values(), way);
    }
    if (object.getClass().isSynthetic()) {
      return searchLambda(object, way);
    }
    return searchFields(object, way);
  }

  private @Nullable String searchAll(Collection<?> elements, String way) {
    for (Object element : elements) {
      String found = search(element, way);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** A lambda's class is hidden, its fields nameless; what it captured is in its stand-in. */
  private @Nullable String searchLambda(Object lambda, String way) {
    try {
      Method writeReplace = lambda.getClass().getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      if (writeReplace.invoke(lambda) instanceof SerializedLambda standIn) {
        String in =
            ", captured by a lambda of " + standIn.getCapturingClass().replace('/', '.') + way;
        for (int i = 0; i < standIn.getCapturedArgCount(); i++) {
          String found = search(standIn.getCapturedArg(i), in);
          if (found != null) {
            return found;
          }
        }
      }
      return null;
    } catch (ReflectiveOperationException e) {
      return null; // not a lambda after all; the exception of the round trip has to do
    }
  }

  private @Nullable String searchFields(Object object, String way) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        String found = searchField(object, field, way);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private @Nullable String searchField(Object object, Field field, String way) {
    int unsent = Modifier.STATIC | Modifier.TRANSIENT;
    if ((field.getModifiers() & unsent) != 0 || !field.trySetAccessible()) {
      return null; // also the fields of the JDK's own classes
    }
    try {
      String in = ", field " + field.getName() + " of " + object.getClass().getName() + way;
      return search(field.get(object), in);
    } catch (IllegalAccessException e) {
      return null;
    }
  }
}
