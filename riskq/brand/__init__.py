"""The brand of a deployment: name, logo, colour and footer of whoever offers the service.

What an operator sets and what stands in somebody's file are read by the same code, which lets
nothing through that could run, load, hide or grow.
"""

from riskq.brand.colour import colour_tokens, read_colour
from riskq.brand.environment import brand_of
from riskq.brand.form import brand_form, read_brand
from riskq.brand.logo import read_logo
from riskq.brand.texts import read_footer, read_name
from riskq.brand.value import NO_BRAND, Brand, BrandError, Logo

__all__ = [
    "NO_BRAND",
    "Brand",
    "BrandError",
    "Logo",
    "brand_form",
    "brand_of",
    "colour_tokens",
    "read_brand",
    "read_colour",
    "read_footer",
    "read_logo",
    "read_name",
]
