package io.octnet.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.writer.KernelWriter;
import io.octnet.text.Text;
import org.junit.jupiter.api.Test;
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
    assertThat(text).contains("__local float *leftTile", "__local float *rightTile");
    assertThat(text)
        .contains("firstRow = get_group_id(0) * 64", "firstColumn = get_group_id(1) * 64");
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        String register = "c" + i + j;
        assertThat(text).contains(Text.format("float %s = 0.0f;", register));
        assertThat(text).contains(Text.format("%s = %s + (a%d * b%d);", register, register, i, j));
      }
    }
  }

  @Test
  void forwardFusesBiasShortcutAndReluAndKeepsNaN() throws Exception {
    assertThat(text(ConvForwardKernel.class))
        .contains(
            "result = result + this->bias[column]",
            "result = result + this->residual[place]",
            "this->relu==1 && result<0.0f",
            "value = (value * this->scale[c]) + this->shift[c]",
            "this->rectified==1 && value<0.0f")
        .doesNotContain("fmax(");
  }

  @Test
  void bothBackwardsFuseReluIntoWhatTheyRead() throws Exception {
    for (Class<?> kernel :
        new Class<?>[] {ConvBackwardDataKernel.class, ConvBackwardWeightsKernel.class}) {
      assertThat(text(kernel)).contains("this->masked==0 || this->y[place]>0.0f");
    }
  }

  /** The picture is read by index, within its borders: no im2col matrix. */
  @Test
  void convolutionsGatherTheirInput() throws Exception {
    assertThat(text(ConvForwardKernel.class))
        .contains("h>=0 && h<this->height && w>=0 && w<this->width", "value = this->x[");
  }

  @Test
  void theGradientOfWeightsIsAddedUpOnTheDeviceInASecondPass() throws Exception {
    assertThat(text(ConvBackwardWeightsKernel.class))
        .contains("if (get_pass_id(this)==0){", "sum = sum + this->parts[((z * size) + e)]");
  }
}
