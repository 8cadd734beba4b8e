package io.octnet.synthetic;

/** The classes of the phantoms; named and sorted like those of the public OCT data set. */
public enum Finding {
  /** Choroidal neovascularization: a bright membrane, fluid below a lifted retina. */
  CNV,
  /** Diabetic macular edema: cysts within a thickened retina. */
  DME,
  /** Bumps between the pigment epithelium and Bruch's membrane. */
  DRUSEN,
  NORMAL
}
