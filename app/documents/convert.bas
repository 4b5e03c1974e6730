Sub Convertir(source, target)
  Dim opened(0) As New com.sun.star.beans.PropertyValue
  opened(0).Name = "Hidden"
  opened(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, opened())
  indexes = document.getDocumentIndexes()
  For i = 0 To indexes.getCount() - 1
    indexes.getByIndex(i).update()
  Next i
  If LCase(Right(target, 4)) = ".pdf" Then
    Dim shape(4) As New com.sun.star.beans.PropertyValue
    shape(0).Name = "UseTaggedPDF"
    shape(0).Value = True
    shape(1).Name = "PDFUACompliance"
    shape(1).Value = True
    shape(2).Name = "ExportBookmarks"
    shape(2).Value = True
    shape(3).Name = "InitialView"
    shape(3).Value = 1
    shape(4).Name = "DisplayPDFDocumentTitle"
    shape(4).Value = True
    Dim pdf(1) As New com.sun.star.beans.PropertyValue
    pdf(0).Name = "FilterName"
    pdf(0).Value = "writer_pdf_Export"
    pdf(1).Name = "FilterData"
    pdf(1).Value = shape()
    document.storeToURL(ConvertToURL(target), pdf())
  Else
    Dim odt(0) As New com.sun.star.beans.PropertyValue
    odt(0).Name = "FilterName"
    odt(0).Value = "writer8"
    document.storeToURL(ConvertToURL(target), odt())
  End If
  document.close(True)
  StarDesktop.terminate()
End Sub
