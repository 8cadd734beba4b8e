package io.octnet.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.writer.KernelWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenCL text of each kernel, made without any device: what would fall back fails here. */
class TranslationTest {
  private static String text(Class<?> kernel) throws Exception {
    Object instance = kernel.getDeclaredConstructor().newInstance();
    return KernelWriter.writeToString(
        ClassModel.createClassModel(kernel).getEntrypoint("run", instance));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        GemmKernel.class,
        ConvForwardKernel.class,
        ConvBackwardDataKernel.class,
        ConvBackwardWeightsKernel.class
      })
  void everyKernelBecomesOpenClWithLocalTilesAndRegisters(Class<?> kernel) throws Exception {
    String text = text(kernel);

    assertThat(text)
        .contains("__kernel void run(", "__local float", "barrier(CLK_LOCAL_MEM_FENCE)")
        .contains("get_local_id(0)", "get_group_id(2)");
    assertThat(text.split("barrier\\(").length - 1).isEqualTo(2);
    assertThat(text).containsPattern("c33 = c33 \\+ \\(a3 \\* b3\\)");
  }
}
